import type { Memory } from '../../editor/memory';
import type { ConfirmedHosts } from './hostConsent';

const key = 'confirmedHosts';

/** The hosts outside `reltio.com` that the user has agreed to. They are kept over restarts. */
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
