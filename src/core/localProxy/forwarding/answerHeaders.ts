import type { HeaderList } from '../upstream';
import { hopByHopNames } from './hopByHop';

/**
 * Meant for a browser that is at Reltio, a credential, or a reason for a browser to report the address of a page, which has
 * our key in it, to a server. `access-control-` begins the names of many more.
 */
const kept: ReadonlySet<string> = new Set([
  'set-cookie',
  'set-cookie2',
  'alt-svc',
  'strict-transport-security',
  'x-content-type-options',
  'referrer-policy',
  'content-security-policy',
  'content-security-policy-report-only',
  'reporting-endpoints',
  'report-to',
  'nel',
  'clear-site-data', // cookies of 127.0.0.1 are those of all programs that serve pages here
  'x-reltio-local-proxy', // says that an answer is our own
]);

/** A page of Reltio that is opened through us must neither run scripts nor pass our address on, such as in a ping of a link. */
const added: HeaderList = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Content-Security-Policy', "sandbox; default-src 'none'"],
];

/** These have no body, and so no length of one. */
const withoutLength: ReadonlySet<number> = new Set([204, 205]);

/**
 * What a client gets of the headers of an environment, in their order, in the form that `writeHead` takes.
 *
 * @param edit changes the value of one, given its name in lower case
 */
export function headersForClient(
  headers: HeaderList,
  status: number,
  edit: (name: string, value: string) => string,
): string[] {
  const hopByHop = hopByHopNames(headers);
  const lengths = headers.filter(([name]) => name.toLowerCase() === 'content-length');
  const hasLength = lengths.length === 1 && /^\d+$/.test(lengths[0]?.[1] ?? '') && !withoutLength.has(status);
  const passed = headers.flatMap(([name, value]) => {
    const word = name.toLowerCase();
    const isPassed =
      /^[\w!#$%&'*+.^`|~-]+$/.test(name) &&
      !kept.has(word) &&
      !hopByHop.has(word) &&
      !word.startsWith('access-control-') &&
      (word !== 'content-length' || hasLength);
    const text = isPassed
      ? sendable(edit(word, word === 'www-authenticate' ? withoutSignIn(value) : value))
      : undefined;
    return text === undefined ? [] : [[name, text] as const];
  });
  return [...passed, ...added].flat();
}

/** With or without quotes: clients read both. A comma stays where other parameters are on both sides. */
const resourceMetadata = /(,? ?)resource_metadata[ \t]*=[ \t]*(?:"(?:[^"\\]|\\.)*"?|[^\s,"]*)((?:[ \t]*,[ \t]*)?)/gi;

/**
 * A challenge without the address at which MCP clients would begin a sign-in of their own (RFC 9728 section 5.1): it would
 * bring them a token, which the proxy then refuses.
 */
function withoutSignIn(challenge: string): string {
  return challenge.replace(resourceMetadata, (_all, before: string, after: string) => (after === '' ? '' : before));
}

/** The bytes of a value, one a character, as Node wants them; undefined if it would refuse them. */
function sendable(value: string): string | undefined {
  const bytes = /[^\0-\xff]/.test(value) ? Buffer.from(value).toString('latin1') : value;
  return /[^\t\x20-\x7e\x80-\xff]/.test(bytes) ? undefined : bytes;
}
