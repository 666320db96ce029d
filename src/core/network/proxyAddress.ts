/** A proxy that we connect to ourselves. */
export interface ProxyAddress {
  /** Without user name and password: fit for showing. */
  readonly origin: string;
  readonly host: string;
  /** Whether the connection to the proxy itself is TLS. */
  readonly secure: boolean;
  /** The `Proxy-Authorization` header, where the address or `http.proxyAuthorization` gives one. */
  readonly authorization: string | undefined;
}

/**
 * What stands behind the `@` is the host only as long as nothing before it ends the authority: of `http://jane:20#24@p`
 * the host would be `jane`, and a part of the password its port. So these have to be percent-encoded, and so have blanks
 * and control characters, some of which a URL parser drops.
 */
const authorityOnly = /^https?:\/\/[^/?#\\\s\p{Cc}]+\/?$/iu;

/**
 * Undefined for what is no address of an HTTP proxy, such as `proxy.acme.com:8080` without `http://`, and for what may
 * be read in two ways. Nothing of such a text may be shown: it may hold a password anywhere.
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
 * Whether VS Code would connect through it, by the scheme alone (`@vscode/proxy-agent`, `proxyFromConfigURL`). It goes
 * past anything else, and looks for a proxy elsewhere.
 */
export function isTakenByVsCode(text: string): boolean {
  return isHttp(text) || /^socks(4a?|5h?)?:\/\//i.test(text);
}

/** Whether it means to be the address of an HTTP proxy, which is the kind that we connect to ourselves. */
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

/** Not so with a lone `%` in a password. */
function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
