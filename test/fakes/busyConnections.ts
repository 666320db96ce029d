import dns from 'node:dns';
import { isIP } from 'node:net';

/**
 * Until the returned function is called, every name has an address at which nothing answers beside its own, and this process
 * is busy for this long as soon as it connects to one (milliseconds).
 */
export function busyConnections(milliseconds: number): () => void {
  const { lookup } = dns;
  const addresses = ['127.0.0.1', '::1'].map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  const found = (host: string, options: dns.LookupAllOptions, callback: Callback): void => {
    if (isIP(host) !== 0) {
      lookup(host, options, callback);
      return;
    }
    callback(null, addresses);
    process.nextTick(() => {
      const until = performance.now() + milliseconds;
      while (performance.now() < until);
    });
  };
  dns.lookup = found as typeof lookup;
  return () => {
    dns.lookup = lookup;
  };
}

type Callback = (error: NodeJS.ErrnoException | null, all: dns.LookupAddress[]) => void;
