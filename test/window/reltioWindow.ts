import assert from 'node:assert/strict';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import type { Policy } from '../identity/policy';
import { closeWindows, Window } from './driver';
import type { WindowOptions } from './driver';

export interface ReltioWindow {
  readonly server: IdentityServer;
  readonly window: Window;
}

interface Options extends Omit<WindowOptions, 'settings'> {
  /** Of the identity server, from its start on. */
  readonly policy?: Partial<Policy>;
  /** What the settings have besides, or instead of, one environment `local` at that server. */
  readonly settings?: (server: IdentityServer) => Record<string, unknown>;
}

/**
 * For a `describe`: before its tests, starts a Reltio and opens a window that has it as its environment `local`; after
 * them, closes both. `use` receives the two, to keep them in the variables that the tests use.
 */
export function reltioWindow(options: Options, use: (opened: ReltioWindow) => void): void {
  const { policy = {}, settings, ...others } = options;
  let server: IdentityServer | undefined;
  before(async () => {
    server = await startIdentityServer({ policy });
    const local = { 'reltioAuth.environments': [{ name: 'local', url: server.url, authUrl: server.url }] };
    use({ server, window: await Window.open({ ...others, settings: { ...local, ...settings?.(server) } }) });
  });
  after(async () => {
    await closeWindows();
    await server?.close();
  });
}

/**
 * For a `describe` whose tests do not build on one another: each starts without faults and recorded requests, and leaves
 * neither a quick input nor a page beside VS Code.
 */
export function eachOnItsOwn(opened: () => ReltioWindow): void {
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

/** A test for each step of a sign-in: Escape there ends it, without a message. */
export function endsAtEscape(
  opened: () => ReltioWindow,
  steps: readonly (readonly [name: string, goTo: () => Promise<unknown>])[],
  afterwards: (name: string) => unknown = () => undefined,
): void {
  let seen: number | undefined;
  for (const [name, goTo] of steps) {
    it(`ends without a message at Escape during ${name}`, async () => {
      const { window } = opened();
      seen ??= (await window.seenNotifications()).length; // once, so that a message that comes late fails the next test
      await goTo();
      await window.press('Escape');
      await window.untilNoQuickInput();
      await window.untilStatusBar('Reltio: Sign in');
      await afterwards(name);
      assert.deepEqual((await window.seenNotifications()).slice(seen), []);
    });
  }
}
