import type { Client } from './clients';
import type { Policy } from './policy';

/** Whether a browser may be sent to this address. A client that registered itself brought its own list. */
export function isAllowed(redirectUri: string, client: Client, policy: Policy): boolean {
  const allowed = client.redirects ?? policy.allowedRedirects.split(/\s+/);
  return allowed.some((one) => (one === 'loopback' ? isLoopback(redirectUri) : one !== '' && one === redirectUri));
}

/** Whether an address is http on the machine of the browser. */
export function isLoopback(address: string): boolean {
  if (!URL.canParse(address)) {
    return false;
  }
  const { protocol, hostname, hash, username } = new URL(address);
  return (
    protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname) && hash === '' && username === ''
  );
}
