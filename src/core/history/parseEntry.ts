import { failureTable } from '../base/failureTable';
import { parseJsonObject, type Json } from '../base/json';
import { happenings, type HistoryEntry } from './entry';

/** No text in an entry is longer (characters): a label has two words of at most 254, and a host. */
const maxLength = 1_000;

const texts = ['session', 'account', 'host'] as const;
const numbers = ['age', 'idle', 'sinceAnswer', 'left', 'bootedAt'] as const;
const flags = ['rotates', 'isFinal', 'inBrowser'] as const;

/** One line of the file. Undefined if it is not an entry: any program of the user can write to the file. */
export function parseEntry(line: string): HistoryEntry | undefined {
  const json = parseJsonObject(line);
  const at = json?.['at'];
  const what = happenings.find((known) => known === json?.['what'] && known !== 'read');
  if (json === undefined || what === undefined || !isTime(at)) {
    return undefined;
  }
  const code = json['code'];
  const whole = {
    at,
    what,
    ...fieldsOf(json, texts, (value) => typeof value === 'string' && value.length <= maxLength),
    ...fieldsOf(json, numbers, isAmount),
    ...fieldsOf(json, flags, (value) => typeof value === 'boolean'),
    ...(typeof code === 'string' && Object.hasOwn(failureTable, code) ? { code } : {}),
  };
  return whole as HistoryEntry;
}

/** The line for an entry. */
export function lineOf(entry: HistoryEntry): string {
  return JSON.stringify(entry);
}

function isTime(value: unknown): value is number {
  return Number.isSafeInteger(value) && !Number.isNaN(new Date(value as number).getTime());
}

function fieldsOf(json: Json, names: readonly string[], isGood: (value: unknown) => boolean): Json {
  return Object.fromEntries(names.flatMap((name) => (isGood(json[name]) ? [[name, json[name]]] : [])));
}

/** Milliseconds: a time, or the difference of two. */
function isAmount(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}
