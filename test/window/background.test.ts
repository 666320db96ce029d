import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { reltioWindow } from './reltioWindow';
import { signInAsJane } from './signInByPassword';
import { until } from './until';

describe('what happens in the background', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow(
    {
      consumer: false,
      policy: { accessTokenLifetime: 65 },
      settings: () => ({ 'reltioAuth.refresh': 'keepAlive', 'reltioAuth.refreshTokenDays': 2 }),
    },
    (opened) => ({ server, window } = opened),
  );
  before(async () => {
    await signInAsJane(window, server);
  });

  const refreshes = (): number => server.requests.tokenCalls('refresh_token').length;
  const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const reminders = async (): Promise<string[]> =>
    (await window.seenNotifications()).filter((text) => text.startsWith('The Reltio sign-in of jane'));

  it('refreshes the token in its last minute while the window has the focus', async () => {
    assert.equal(refreshes(), 0);
    await until('a refresh', () => Promise.resolve(refreshes() > 0));
    await window.untilStatusBar(/^Reltio/);
  });

  it('lets the token expire while the window has no focus', async () => {
    await window.loseFocus();
    await pause(1_000); // for a refresh that is in flight
    const before = refreshes();
    await pause(16_500); // the tokens would be checked every 15 s
    assert.equal(refreshes(), before);
  });

  it('refreshes at once when the window regains the focus in that minute', async () => {
    const before = refreshes();
    await window.regainFocus();
    await until('a refresh', () => Promise.resolve(refreshes() > before));
  });

  it('reminds of the expiry of the sign-in when the window regains the focus, once a day', async () => {
    // shown since the focus came back in the test before
    const [message] = await until('the reminder', async () =>
      (await reminders()).length > 0 ? reminders() : undefined,
    );
    assert.match(message ?? '', /expires .*\. Renew it to stay signed in\.$/);
    await window.loseFocus();
    await window.regainFocus();
    await pause(1_000);
    assert.equal((await reminders()).length, 1);
  });

  it('keeps a rotated refresh token that arrived while the window was reloading', async () => {
    server.policy.refreshReturns = 'rotatedPair';
    server.policy.accessTokenLifetime = 3_600;
    server.faults.next({ kind: 'wait', milliseconds: 2_000 }, { grant: 'refresh_token' });
    const before = refreshes();
    await window.runCommand('Reltio: Refresh Access Token');
    await until('the request', () => Promise.resolve(refreshes() > before));
    await window.reload();
    await pause(3_000);
    await until('a refresh, which is possible once in ten seconds', async () => {
      const text = await window.notificationAfter(
        () => window.runCommand('Reltio: Refresh Access Token'),
        /^(New|Same) token|^Token refreshed /,
      );
      return !text.startsWith('Token refreshed');
    });
    await window.untilLogged(/refresh: restored from the journal/);
  });

  it('shows the account again after an uninstall, which removes the storage folder but not the secrets', async () => {
    const before = refreshes();
    window.removeStorageFolder();
    await window.reload();
    await window.untilStatusBar(/^Reltio 5\d min/);
    assert.equal(refreshes(), before, 'the stored token itself');
  });
});
