import fc from 'fast-check';
import { hostileTexts, oddValues } from './hostile';

/** A change described by three numbers: cheap to generate, and fast-check can shrink it. */
type Change = readonly [kind: number, place: number, what: number];

const nat = fc.nat({ max: 9_999 });
const changes: fc.Arbitrary<readonly Change[]> = fc.array(fc.tuple(nat, nat, nat), { maxLength: 3 });

/** A valid value with up to three parts made hostile. */
export function mutated(...bases: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc.tuple(nat, changes).map(([base, list]) => mutatedBy(bases, base, list));
}

/** The same as JSON text, which is sometimes truncated, repeated or broken. */
export function mutatedText(...bases: readonly unknown[]): fc.Arbitrary<string> {
  return fc
    .tuple(nat, changes, nat, nat)
    .map(([base, list, how, where]) => brokenText(jsonOf(mutatedBy(bases, base, list)), how, where));
}

/** A valid text with up to three pieces removed, repeated or made hostile. */
export function mutatedString(...bases: readonly string[]): fc.Arbitrary<string> {
  return fc.tuple(nat, changes).map(([base, list]) => list.reduce(changedString, bases[base % bases.length] ?? ''));
}

function mutatedBy(bases: readonly unknown[], base: number, list: readonly Change[]): unknown {
  return list.reduce(changed, structuredClone(bases[base % bases.length]));
}

/** Changes one part of a value in place, or returns a replacement for the whole value. */
function changed(value: unknown, [kind, place, what]: Change): unknown {
  const parts = partsOf(value);
  const part = parts[place % (parts.length + 1)];
  const [odd, hostileText] = [oddValues[what % oddValues.length], hostileTexts[what % hostileTexts.length] ?? ''];
  if (part === undefined) return kind % 4 === 0 ? structuredClone(odd) : value;
  const { holder, key } = part;
  switch (kind % 6) {
    case 0:
      if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
      break;
    case 1:
      if (Array.isArray(holder)) holder.unshift(structuredClone(odd));
      else own(holder, hostileText, structuredClone(holder[key]));
      break;
    case 2:
      if (Array.isArray(holder)) holder.push(structuredClone(holder[key]));
      else own(holder, key, [holder[key]]);
      break;
    case 3:
      own(holder, key, typeof holder[key] === 'string' ? changedString(holder[key], [what, place, kind]) : hostileText);
      break;
    case 4:
      own(holder, key, hostileText);
      break;
    default:
      own(holder, key, structuredClone(odd));
  }
  return value;
}

interface Part {
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

/** All fields and elements at every depth, up to a few hundred. */
function partsOf(value: unknown, found: Part[] = []): readonly Part[] {
  if (typeof value === 'object' && value !== null && found.length < 200) {
    const holder = value as Record<string, unknown>;
    for (const key of Object.keys(holder).slice(0, 50)) {
      found.push({ holder, key });
      partsOf(holder[key], found);
    }
  }
  return found;
}

/** Like `JSON.parse`, treats `__proto__` as an ordinary field. */
function own(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true });
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined';
}

/** Seven in ten texts stay valid JSON, because the others only reach the first check. */
function brokenText(text: string, how: number, where: number): string {
  const at = where % (text.length + 1);
  switch (how % 30) {
    case 0:
      return text.slice(0, at);
    case 1:
      return `${text}${text}`;
    case 2:
      return `\ufeff${text}`;
    case 3:
      return text.slice(0, at) + text.slice(at + 1);
    case 4:
      return `${text.slice(0, at)}${hostileTexts[where % hostileTexts.length] ?? ''}${text.slice(at)}`;
    case 5:
      return `<html><body>${text}</body></html>`;
    case 6:
      return text.replace(/"(\w+)":/, '"$1":null,"$1":'); // the last of two counts
    case 7:
      return ` \n\t${text}\r\n`;
    case 8:
      return '';
    default:
      return text;
  }
}

function changedString(text: string, [kind, place, what]: Change): string {
  const at = place % (text.length + 1);
  const hostile = hostileTexts[what % hostileTexts.length] ?? '';
  switch (kind % 9) {
    case 0:
      return `${text.slice(0, at)}${hostile}${text.slice(at)}`;
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + (what % 5));
    case 2:
      return text.slice(0, at) + text;
    case 3:
      return text.toUpperCase();
    case 4:
      return encodeURI(text.replace(/\p{Surrogate}/gu, ''));
    case 5:
      return ` ${text}\t`;
    case 6:
      return hostile;
    case 7:
      return text.slice(0, at) + String.fromCodePoint(what % 0x2100) + text.slice(at + 1);
    default:
      return text.slice(0, at);
  }
}
