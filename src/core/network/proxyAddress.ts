/** An HTTP proxy, for the explicit client. */
export interface ProxyAddress {
  /** Without user name and password, so it may be shown. */
  readonly origin: string;
  readonly host: string;
  /** Whether the connection to the proxy itself is TLS. */
  readonly secure: boolean;
  /** The `Proxy-Authorization` header, if the address or `http.proxyAuthorization` gives one. */
  readonly authorization: string | undefined;
}

/**
 * What follows the `@` is the host only if no character before it ends the authority: in `http://jane:20#24@p` the host
 * would be `jane`, and a part of the password its port. So these characters must be percent-encoded, and so must white
 * space and control characters, some of which a URL parser drops.
 */
const authorityOnly = /^https?:\/\/[^/?#\\\s\p{Cc}]+\/?$/iu;

/**
 * Undefined for a text that is not the address of an HTTP proxy, such as `proxy.acme.com:8080` without `http://`, and for
 * an ambiguous one. No part of such a text may be shown: any part may be a password.
 */
export function parseProxy(text: string, authorization = ''): ProxyAddress | undefined {
  if (!authorityOnly.test(text) || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  if (![url.username, url.password].every(isDecodable)) {
    return undefined;
  }
  return {
    origin: url.origin,
    host: url.host,
    secure: url.protocol === 'https:',
    authorization: basic(url) ?? (authorization === '' ? undefined : authorization),
  };
}

/**
 * Whether VS Code would use this address. It decides by the scheme alone (`@vscode/proxy-agent`, `proxyFromConfigURL`).
 * It ignores all others and looks for a proxy elsewhere.
 */
export function isUsedByVsCode(text: string): boolean {
  return isHttp(text) || /^socks(4a?|5h?)?:\/\//i.test(text);
}

/** Whether the text looks like the address of an HTTP proxy, the only kind that the explicit client supports. */
export function isHttp(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

function basic({ username, password }: URL): string | undefined {
  if (username === '' && password === '') {
    return undefined;
  }
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

/** A single `%` in a password, for example, cannot be decoded. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
