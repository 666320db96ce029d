import { freePort } from '../../scripts/process/freePort';
import type { Policy } from '../identity/policy';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import { Window } from './driver';
import type { WindowOptions } from './driver';

export interface ReltioWindow {
  readonly server: IdentityServer;
  readonly window: Window;
  /** The port of this machine at which a sign-in in the browser ends. */
  readonly port: number;
}

export interface ReltioWindowOptions extends Omit<WindowOptions, 'settings' | 'files'> {
  /** Of the identity server, from its start on. */
  readonly policy?: Partial<Policy>;
  /** What the settings have besides, or instead of, one environment `local` at that server. */
  readonly settings?: (server: IdentityServer) => Record<string, unknown>;
  /** Files of the workspace by their paths in it. */
  readonly files?: (server: IdentityServer) => Record<string, string>;
}

/**
 * For a `describe`: before its tests, starts a Reltio and opens a window that has it as its environment `local`; after
 * them, closes both. `use` receives the two, to keep them in the variables that the tests use.
 */
export function reltioWindow(options: ReltioWindowOptions, use: (opened: ReltioWindow) => void): void {
  let opened: ReltioWindow | undefined;
  before(async () => {
    opened = await openReltioWindow(options);
    use(opened);
  });
  after(() => closeReltioWindow(opened));
}

export async function openReltioWindow(options: ReltioWindowOptions): Promise<ReltioWindow> {
  const { policy = {}, settings: more, files, ...others } = options;
  const server = await startIdentityServer({ policy });
  const port = await freePort();
  const settings = {
    'reltioAuth.environments': [{ name: 'local', url: server.url, authUrl: server.url }],
    'reltioAuth.browserSignIn.redirectUri': `http://localhost:${port}`,
    ...more?.(server),
  };
  try {
    return { server, port, window: await Window.open({ ...others, settings, files: files?.(server) ?? {} }) };
  } catch (error) {
    await server.close();
    throw error;
  }
}

export async function closeReltioWindow(opened: ReltioWindow | undefined): Promise<void> {
  await opened?.window.close();
  await opened?.server.close();
}

/**
 * For a `describe` whose tests do not build on one another: each starts without faults and recorded requests, and leaves
 * neither a quick input nor a page beside VS Code.
 */
export function eachOnItsOwn(opened: () => Pick<ReltioWindow, 'server' | 'window'>): void {
  beforeEach(() => {
    const { server } = opened();
    server.faults.clear();
    server.requests.clear();
  });
  afterEach(async () => {
    const { window } = opened();
    if (window.page.isClosed()) return; // the search for leaks has closed it
    await window.closeOtherPages();
    await window.closeQuickInput();
  });
}
