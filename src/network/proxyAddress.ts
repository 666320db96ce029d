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

/** Undefined for what is no address of an HTTP proxy, such as `proxy.acme.com:8080` without `http://`. */
export function parseProxy(text: string, authorization = ''): ProxyAddress | undefined {
  if (!/^https?:\/\/[^/?#\\]/i.test(text) || !URL.canParse(text)) {
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
