import type { IncomingHttpHeaders } from 'node:http';

/** A request, read to its end and parsed. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: Readonly<Record<string, string>>;
  /** Empty unless the content type is `application/x-www-form-urlencoded`. */
  readonly form: Readonly<Record<string, string>>;
  /** Empty unless the body is a JSON object and says so. */
  readonly json: Readonly<Record<string, unknown>>;
  /** The server's own address as the caller wrote it, for example `http://127.0.0.1:41234`. */
  readonly origin: string;
}

export function parseCall(
  method: string,
  target: string,
  headers: IncomingHttpHeaders,
  body: string,
  origin = 'http://127.0.0.1',
): Call {
  const url = new URL(target, origin);
  const type = headers['content-type'] ?? '';
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(type);
  return {
    method,
    path: url.pathname,
    headers,
    query: Object.fromEntries(url.searchParams),
    form: isForm ? Object.fromEntries(new URLSearchParams(body)) : {},
    json: /^application\/json\b/i.test(type) ? jsonObject(body) : {},
    origin: url.origin,
  };
}

function jsonObject(text: string): Call['json'] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

/** A named value of the form, or of the query if the form has none: Reltio accepts both. Blank counts as missing. */
export function parameter(call: Call, name: string): string | undefined {
  return call.form[name] || call.query[name] || undefined;
}
