/** The hosts at which we listen. Others below 127.0.0.0/8 work on Linux only. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  // A browser may try either first. Bound to one family only, the other would be free for a program that collects codes.
  localhost: ['127.0.0.1', '::1'],
  '127.0.0.1': ['127.0.0.1'],
  '[::1]': ['::1'],
};

/**
 * The addresses on which to listen for a redirect address; undefined if it is not plain `http` on this machine, or has no
 * port of its own. The one place that decides this.
 */
export function listeningAddresses({
  protocol,
  hostname,
  port,
  username,
  password,
}: URL): readonly string[] | undefined {
  const isPlain = protocol === 'http:' && port !== '0' && username === '' && password === '';
  return isPlain && Object.hasOwn(addresses, hostname) ? addresses[hostname] : undefined;
}
