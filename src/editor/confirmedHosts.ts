import { isLoopback, isUnder } from '../core/trust/trustedHosts';
import type { Memory } from './memory';

/** The hosts outside `reltio.com` to which the user has agreed to send secrets, or only a token. */
export interface ConfirmedHosts {
  has(host: string): boolean;
  add(host: string): Promise<void>;
}

const key = 'confirmedHosts';

/** They are kept over restarts. */
export function confirmedHosts(memory: Memory): ConfirmedHosts {
  const hosts = (): readonly unknown[] => {
    const stored = memory.get(key);
    return Array.isArray(stored) ? stored : [];
  };
  return {
    has: (host) => hosts().includes(host),
    add: async (host) => {
      await memory.update(key, [...new Set([...hosts(), host])]);
    },
  };
}

/** Whether the host of an address is neither Reltio's own nor this machine. */
export function isForeign(address: string): boolean {
  const { hostname } = new URL(address);
  return !isLoopback(hostname) && !isUnder(hostname, ['reltio.com']);
}

/** Whether the user must agree before the first secret is sent to this address. */
export function needsConsent(address: string, confirmed: ConfirmedHosts): boolean {
  return isForeign(address) && !confirmed.has(new URL(address).host);
}

/** How a host is kept that gets an access token and nothing else: the user was asked about no password. */
export function forTokenOnly(address: string): string {
  return `token ${new URL(address).host}`;
}

/** The same for an access token. */
export function needsTokenConsent(address: string, confirmed: ConfirmedHosts): boolean {
  return needsConsent(address, confirmed) && !confirmed.has(forTokenOnly(address));
}
