import assert from 'node:assert/strict';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import { closeWindows, Window } from './driver';
import { signInAsJane } from './signInByPassword';
import { until } from './until';

describe('what goes on while nobody asks', () => {
  let server: IdentityServer;
  let window: Window;

  before(async () => {
    server = await startIdentityServer();
    server.policy.accessTokenLifetime = 65;
    window = await Window.open({
      consumer: false,
      settings: {
        'reltioAuth.environments': [{ name: 'local', url: server.url, authUrl: server.url }],
        'reltioAuth.refresh': 'keepAlive',
        'reltioAuth.refreshTokenDays': 2,
      },
    });
    await signInAsJane(window, server);
  });
  after(async () => {
    await closeWindows();
    await server.close();
  });

  const refreshes = (): number => server.requests.tokenCalls('refresh_token').length;
  const rest = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const reminders = async (): Promise<string[]> =>
    (await window.seenNotifications()).filter((text) => text.startsWith('The Reltio sign-in of jane'));

  it('keeps the token alive in its last minute while the window is looked at', async () => {
    assert.equal(refreshes(), 0);
    await until('a refresh', () => Promise.resolve(refreshes() > 0));
    await window.untilStatusBar(/^Reltio/);
  });

  it('lets it end while somebody looks elsewhere', async () => {
    await window.leave();
    await rest(1_000); // a refresh that is under way
    const before = refreshes();
    await rest(20_000);
    assert.equal(refreshes(), before);
  });

  it('renews at once when somebody comes back in that minute', async () => {
    const before = refreshes();
    await window.comeBack();
    await until('a refresh', () => Promise.resolve(refreshes() > before));
  });

  it('reminds of the end of the sign-in when somebody comes back, once a day', async () => {
    const message = await window.untilNotification(/^The Reltio sign-in of jane@acme\.com/);
    assert.match(message, /expires .*\. Renew it to stay signed in\.$/);
    await window.leave();
    await window.comeBack();
    await rest(1_000);
    assert.equal((await reminders()).length, 1);
  });

  it('keeps a rotated refresh token that came while the window was being reloaded', async () => {
    server.policy.refreshReturns = 'rotatedPair';
    server.policy.accessTokenLifetime = 3_600;
    server.faults.next({ kind: 'wait', milliseconds: 2_000 }, { grant: 'refresh_token' });
    const before = refreshes();
    await window.runCommand('Reltio: Refresh Access Token');
    await until('the request', () => Promise.resolve(refreshes() > before));
    await window.reload();
    await rest(3_000);
    await until('a refresh, which is made once in ten seconds', async () => {
      const seen = (await window.seenNotifications()).length;
      await window.runCommand('Reltio: Refresh Access Token');
      return /^(New|Same) token/.test(await window.untilNotification(/^(New|Same) token|^Token refreshed /, seen));
    });
    assert.match(window.logText('Reltio Authentication'), /refresh: taken up again/);
  });

  it('shows the account again after an uninstall, which removes the storage folder and leaves the secrets', async () => {
    const before = refreshes();
    window.removeStorageFolder();
    await window.reload();
    await window.untilStatusBar(/^Reltio 59 min/);
    assert.equal(refreshes(), before, 'the stored token itself');
  });
});
