import type { Core } from '../../src/core/core';
import type { BrowserTools } from '../../src/features/signIn/browserTools';

type Opened = Omit<BrowserTools, 'redirect' | 'trusted'>;

/** What a sign-in in the browser needs of this core, with a browser that cannot be opened. */
export function closedBrowser({ http, clock, checks, dataApi, clients }: Core): Opened {
  return {
    http,
    clock,
    checks,
    dataApi,
    clients,
    open: () => Promise.resolve(false),
    copy: () => Promise.resolve(),
  };
}
