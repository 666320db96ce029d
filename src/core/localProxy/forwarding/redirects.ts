/**
 * The `Location` for a client of the proxy. One in the environment leads through the proxy again: the client would resolve a
 * relative one against our address, and has no token for an absolute one. So does one to the same host without TLS, as a
 * server behind a gateway that ends TLS writes it. Any other is left as it is.
 *
 * @param url that the environment was asked for
 * @param proxied the address of the environment at the proxy, such as `http://127.0.0.1:4000/<key>/dev`
 */
export function locationForClient(location: string, url: string, proxied: string): string {
  let target: URL;
  try {
    target = new URL(location, url);
  } catch {
    return location;
  }
  return location !== '' && leadsBack(target, new URL(url))
    ? `${proxied}${target.pathname}${target.search}${target.hash}`
    : location;
}

function leadsBack(target: URL, environment: URL): boolean {
  return target.origin === environment.origin || (target.protocol === 'http:' && target.host === environment.host);
}
