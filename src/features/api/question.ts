import type { FailedCall } from '../../core/dataApi/failedCall';
import { isTlsCode } from '../../core/network/tls/tlsCode';
import type { ExplainQuestion } from './apiV1';

/** The argument of `explain`, as far as it can be used. */
export interface Question extends Pick<FailedCall, 'status' | 'noAnswer' | 'headers'> {
  readonly body: unknown;
  readonly url: URL | undefined;
  readonly environment: string | undefined;
  /** The id or the label. */
  readonly account: string | undefined;
}

/** In characters. */
const maxUrlLength = 8_192;
const maxHeaderLength = 1_000;
const maxNameLength = 2_000;

/** Headers that say something about a failure. */
const headerNames = ['content-type', 'date', 'retry-after', 'www-authenticate', 'x-reltio-local-proxy'];

/**
 * Reads the argument of another extension, which may be anything: an extension in the same process passes objects as they
 * are, with getters that throw. What cannot be read counts as missing.
 */
export function readQuestion(asked: unknown): Question {
  const status = statusOf(field(asked, 'status'));
  const account = field(asked, 'account');
  return {
    status,
    noAnswer: status === undefined ? noAnswer(asked) : undefined,
    headers: headersOf(field(asked, 'headers')),
    body: plain(field(asked, 'body')),
    url: urlOf(field(asked, 'url')),
    environment: text(field(asked, 'environment'), maxNameLength)?.trim(),
    account: text(account, maxNameLength) ?? text(field(account, 'id'), maxNameLength),
  };
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status < 600 ? status : undefined;
}

function noAnswer(asked: unknown): FailedCall['noAnswer'] {
  const code = text(field(asked, 'code'), maxNameLength);
  if (code === undefined || code === '') {
    return field(asked, 'status') === 0 ? 'other' : undefined;
  }
  return code === 'ENOTFOUND' ? 'hostNotFound' : isTlsCode(code) ? 'certificate' : 'other';
}

function urlOf(value: unknown): URL | undefined {
  const address = text(value, maxUrlLength) ?? text(field(value, 'href'), maxUrlLength);
  if (address === undefined || !URL.canParse(address)) {
    return undefined;
  }
  const url = new URL(address);
  return /^https?:$/.test(url.protocol) ? url : undefined;
}

/** From a plain object, from pairs, or from the `Headers` of `fetch`, which extensions in this process can pass. */
function headersOf(value: unknown): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  try {
    for (const [name, content] of entriesOf(value)) {
      const key = String(name).toLowerCase();
      const line: unknown = Array.isArray(content) ? content[0] : content;
      if (headerNames.includes(key) && (typeof line === 'string' || typeof line === 'number')) {
        headers[key] = String(line).slice(0, maxHeaderLength);
      }
    }
  } catch {
    // a name or a pair that throws
  }
  return headers;
}

function entriesOf(value: unknown): readonly (readonly unknown[])[] {
  if (value instanceof Headers) {
    const entries: (readonly string[])[] = [];
    value.forEach((content, name) => entries.push([name, content]));
    return entries;
  }
  return Array.isArray(value) ? value.filter((entry) => Array.isArray(entry)) : Object.entries(value ?? {});
}

/** A copy that cannot change or throw while it is read. */
function plain(body: unknown): unknown {
  if (typeof body !== 'object') {
    return body;
  }
  try {
    const copy: unknown = JSON.parse(JSON.stringify(body));
    return copy;
  } catch {
    return '…'; // something that is not JSON, such as a circular object
  }
}

function field(value: unknown, name: keyof ExplainQuestion | 'href' | 'id'): unknown {
  try {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    return undefined;
  }
}

function text(value: unknown, maxLength: number): string | undefined {
  return typeof value === 'string' && value.length <= maxLength ? value : undefined;
}
