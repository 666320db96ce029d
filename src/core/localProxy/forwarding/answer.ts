import { Failure } from '../../base/failure';
import type { UpstreamResponse } from '../upstream';

const withoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** What makes an answer one that no client may get. */
export function defectOf({ status, headers }: UpstreamResponse, method: string, host: string): Failure | undefined {
  if (status === 407) {
    return new Failure('proxy', { host, status }); // a client would think that we ask it for a password
  }
  if (status < 200 || status > 599) {
    return new Failure('notAnEnvironment', { host });
  }
  const isEncoded = headers.some(([name, value]) =>
    /^content-encoding$/i.test(name) ? !isNoCoding(value) : /^content-type$/i.test(name) && !hasAscii(value),
  );
  return isEncoded && mayRepeatToken(status, headers) && hasBodyFor(method, status)
    ? new Failure('notAnEnvironment', { host }) // an encoding that we did not ask for, and cannot look into
    : undefined;
}

/** Some servers name the character set here, or that there is nothing to name. */
const noCodings: ReadonlySet<string> = new Set([
  '',
  'identity',
  'none',
  'binary',
  'utf-8',
  'utf8',
  'us-ascii',
  'iso-8859-1',
]);

function isNoCoding(contentEncoding: string): boolean {
  return noCodings.has(contentEncoding.trim().toLowerCase());
}

/** Whether a token has its own bytes in this character set. A client can ask a server for another one, such as UTF-16. */
function hasAscii(contentType: string): boolean {
  const known = /^(?:$|utf-?8|(?:us-?)?ascii|iso[-_]?8859|latin|(?:windows|cp)-?125|gb|big5|shift|euc|none|binary)/i;
  return Array.from(contentType.matchAll(/charset\s*=["'\s]*([^"'\s;,]*)/gi)).every(([, name = '']) =>
    known.test(name),
  );
}

export function hasBodyFor(method: string, status: number): boolean {
  return method !== 'HEAD' && !withoutBody.has(status);
}

/**
 * Whether the token may stand in the body in any of the forms in which texts are written. Reltio repeats it in errors; and a
 * server of an environment that calls another one, as a hosted MCP server does, quotes that error in a good answer.
 */
export function mayRepeatToken(status: number, headers: UpstreamResponse['headers']): boolean {
  return status >= 400 || headers.some(([name, value]) => /^content-type$/i.test(name) && isText(value));
}

export function isEventStream(headers: UpstreamResponse['headers']): boolean {
  return headers.some(
    ([name, value]) => /^content-type$/i.test(name) && /^text\/event-stream\b/i.test(value.trimStart()),
  );
}

function isText(contentType: string): boolean {
  return /^text\/|json|xml|javascript|yaml|csv|graphql|urlencoded|^multipart\//i.test(contentType.trimStart());
}
