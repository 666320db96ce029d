import type { IncomingHttpHeaders } from 'node:http';

/** A request, read to its end and parsed. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: Readonly<Record<string, string>>;
  /** Empty unless the content type is `application/x-www-form-urlencoded`. */
  readonly form: Readonly<Record<string, string>>;
}

export function parseCall(method: string, target: string, headers: IncomingHttpHeaders, body: string): Call {
  const url = new URL(target, 'http://127.0.0.1');
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  return {
    method,
    path: url.pathname,
    headers,
    query: Object.fromEntries(url.searchParams),
    form: isForm ? Object.fromEntries(new URLSearchParams(body)) : {},
  };
}

/** A named value of the form, or of the query if the form has none: Reltio accepts both. Blank counts as missing. */
export function parameter(call: Call, name: string): string | undefined {
  return call.form[name] || call.query[name] || undefined;
}
