import type { IncomingMessage } from 'node:http';
import { forwardedMethods, refusal, type FixedRefusalCode, type Refusal } from './refusal';
import { checkedTarget, decodedName } from './target';

/** A request that has the key, ready to be forwarded. */
export interface AdmittedRequest {
  /** Empty if the address ends before it. There may be no such environment. */
  readonly environmentName: string;
  /** What follows the name of the environment: path and query, beginning with `/`. Never leaves the environment. */
  readonly target: string;
  /** What comes before `target` in the address that the client used: `/<key>/<environment>` or `/<environment>`. */
  readonly base: string;
}

export type RequestHead = Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders' | 'httpVersion'>;

/** What is wrong with a request, before its key is looked at. Nothing here tells a stranger more than that we are a proxy. */
type Check = (head: RequestHead, port: number) => FixedRefusalCode | undefined;

const checks: readonly Check[] = [
  isHttp1,
  hasOneLength,
  isNoProxyRequest,
  hasOurHost,
  isFromNoPage,
  hasForwardedMethod,
  staysHttp,
  expectsOnlyContinue,
  asksForNoOAuth,
];

/** Whether a request may be forwarded. Depends on nothing that a parser may have left out, merged or corrected. */
export function admit(
  head: RequestHead,
  port: number,
  isKey: (candidate: string) => boolean,
): AdmittedRequest | Refusal {
  for (const check of checks) {
    const code = check(head, port);
    if (code !== undefined) return refusal(code);
  }
  const [path = '', query] = splitOnce(head.url ?? '', '?');
  const [, first = '', ...others] = path.split('/');
  const firstIsKey = isKey(first);
  const [authorization, ...more] = valuesOf(head, 'authorization');
  if (authorization !== undefined && (more.length > 0 || !isKey(bearerIn(authorization)))) {
    return refusal('authorization');
  }
  if (authorization === undefined && !firstIsKey) {
    return refusal('key');
  }
  const [environment = '', ...rest] = firstIsKey ? others : [first, ...others];
  const environmentName = decodedName(environment);
  const target = checkedTarget(rest.map((segment) => `/${segment}`).join(''), query);
  return environmentName === undefined || target === undefined
    ? refusal('target')
    : { environmentName, target, base: `${firstIsKey ? `/${first}` : ''}/${environment}` };
}

export function isRefusal(admission: AdmittedRequest | Refusal): admission is Refusal {
  return 'code' in admission;
}

function isHttp1({ httpVersion }: RequestHead): FixedRefusalCode | undefined {
  return httpVersion === '1.1' || httpVersion === '1.0' ? undefined : 'badRequest';
}

/** Two servers in a row that read the length differently see different requests. */
function hasOneLength(head: RequestHead): FixedRefusalCode | undefined {
  const lengths = valuesOf(head, 'content-length');
  const codings = valuesOf(head, 'transfer-encoding');
  const isChunked = codings[0]?.toLowerCase() === 'chunked' && head.httpVersion === '1.1';
  return lengths.length + codings.length > 1 ||
    lengths.some((length) => !/^\d+$/.test(length)) ||
    (codings.length > 0 && !isChunked)
    ? 'badRequest'
    : undefined;
}

function isNoProxyRequest({ url = '' }: RequestHead): FixedRefusalCode | undefined {
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) {
    return 'absoluteTarget';
  }
  return url.startsWith('/') ? undefined : 'target';
}

/** With another host, a web page has made its own name point to this machine (DNS rebinding). */
function hasOurHost(head: RequestHead, port: number): FixedRefusalCode | undefined {
  const [host, ...more] = valuesOf(head, 'host').map((value) => value.toLowerCase());
  const ours = ['127.0.0.1', 'localhost'].flatMap((name) => [`${name}:${port}`, ...(port === 80 ? [name] : [])]);
  return host !== undefined && more.length === 0 && ours.includes(host) ? undefined : 'host';
}

/** A browser says so, whichever page it is: also one that Reltio serves through us. */
function isFromNoPage(head: RequestHead): FixedRefusalCode | undefined {
  const sites = valuesOf(head, 'sec-fetch-site');
  return valuesOf(head, 'origin').length > 0 || sites.some((site) => site.toLowerCase() !== 'none')
    ? 'origin'
    : undefined;
}

function hasForwardedMethod({ method = '' }: RequestHead): FixedRefusalCode | undefined {
  return forwardedMethods.includes(method) ? undefined : 'method';
}

/**
 * An offer of HTTP/2 or TLS is ignored, as RFC 9110 section 7.8 allows: Java's client makes the first with each request, and
 * that of Apache the second. Whoever asks for a WebSocket needs it.
 */
function staysHttp(head: RequestHead): FixedRefusalCode | undefined {
  const protocols = valuesOf(head, 'upgrade').flatMap((value) => value.split(','));
  return protocols.every((protocol) => /^\s*(?:h2c|tls\/[\d.]+)\s*$/i.test(protocol)) ? undefined : 'upgrade';
}

function expectsOnlyContinue(head: RequestHead): FixedRefusalCode | undefined {
  const isBound = head.httpVersion === '1.1'; // RFC 9110 section 10.1.1: an HTTP/1.0 client cannot mean it
  return isBound && valuesOf(head, 'expect').some((value) => value.toLowerCase() !== '100-continue')
    ? 'expectation'
    : undefined;
}

/** MCP clients look there, without the key, for a sign-in that does not exist. */
function asksForNoOAuth({ url = '' }: RequestHead): FixedRefusalCode | undefined {
  return /^\/\.well-known(?:[/?]|$)/.test(url) ? 'noOAuth' : undefined;
}

function bearerIn(authorization: string): string {
  const [, token = ''] = /^bearer +(\S+)$/i.exec(authorization) ?? [];
  return token;
}

function valuesOf({ rawHeaders }: RequestHead, name: string): string[] {
  return rawHeaders
    .filter((_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
    .map(trim);
}

/** Without a pattern: one that looks for blanks at the end takes seconds for a value that is full of them. */
function trim(value: string): string {
  const isBlank = (at: number): boolean => value[at] === ' ' || value[at] === '\t';
  let [start, end] = [0, value.length];
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return value.slice(start, end);
}

/** The text before the first separator, and from it on. */
function splitOnce(text: string, separator: string): readonly [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}
