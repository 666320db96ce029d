import assert from 'node:assert/strict';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import { closeWindows, Window } from './driver';
import { pictures, sheet } from './pictures';
import { signInAsJane, signInAsOmar } from './signInByPassword';
import { until } from './until';

describe('the status bar in each state', () => {
  let server: IdentityServer;
  let window: Window;

  before(async () => {
    server = await startIdentityServer();
    window = await Window.open({
      consumer: false,
      settings: { 'reltioAuth.environments': [{ name: 'local', url: server.url, authUrl: server.url }] },
    });
  });
  after(async () => {
    await closeWindows();
    await server.close();
  });

  const signIn = async (accessTokenLifetime: number): Promise<void> => {
    server.faults.clear();
    server.policy.accessTokenLifetime = accessTokenLifetime;
    server.policy.secondLoginReturns = 'newPair';
    await signInAsJane(window, server);
  };
  /** Waits for the text, asserts colour and words, and saves pictures. */
  const shows = async (
    text: RegExp,
    kind: 'normal' | 'warning' | 'error',
    spoken: RegExp,
    name: string,
  ): Promise<void> => {
    const item = await window.untilStatusBar(text);
    assert.equal(item.kind, kind);
    assert.match(item.spoken, spoken);
    await pictures(window, name);
    shown.push(name);
  };
  const shown: string[] = [];

  it('signed out', () => shows(/^Reltio: Sign in$/, 'normal', /signed out\. Sign in\./, 'state-signed-out'));

  it('fresh', async () => {
    await signIn(3_600);
    await shows(/^Reltio 59 min$/, 'normal', /lives 59 minutes more/, 'state-fresh');
  });

  it('with the token on the clipboard, until that is cleared', async () => {
    await window.runCommand('Reltio: Copy Access Token');
    await window.untilNotification(/^Token copied: /);
    await shows(/^Reltio 5\d min$/, 'normal', /The token of jane@acme\.com .* clipboard\.$/, 'state-copied');
    await window.runCommand('Reltio: Clear Copied Token');
    await window.untilNotification('The copied token was removed from the clipboard.');
  });

  it('ending within five minutes', async () => {
    await signIn(290);
    await shows(/^Reltio 4 min$/, 'normal', /lives 4 minutes more/, 'state-ending');
  });

  it('in its last minute, by the second', async () => {
    await signIn(58);
    const first = await seconds();
    const later: number[] = [];
    await until('the seconds to go down', async () => (later.push(await seconds()), (later.at(-1) ?? first) < first));
  });
  const seconds = async (): Promise<number> =>
    Number(/^Reltio (\d+) s$/.exec((await window.untilStatusBar(/^Reltio \d+ s$/)).text)?.[1]);

  it('renewing', async () => {
    server.faults.next({ kind: 'wait', milliseconds: 9_000 }, { grant: 'refresh_token' });
    await window.runCommand('Reltio: Refresh Access Token');
    await shows(/^Reltio renewing$/, 'normal', /renewing the token/, 'state-renewing');
    await window.untilStatusBar(/^Reltio (?!renewing)/);
  });

  it('ended, and renews on next use', async () => {
    await signIn(1);
    await shows(/^Reltio: renews on next use$/, 'normal', /has ended\. It renews on next use/, 'state-ended');
  });

  it('offline since the moment the server could not be reached', async () => {
    server.faults.always({ kind: 'resetAfterReading' }, { path: '/oauth/token' });
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/cannot be reached/);
    await shows(/^Reltio offline since \d\d:\d\d$/, 'normal', /offline since/, 'state-offline');
  });

  it('offline while the token lives, in words too', async () => {
    await signIn(3_600);
    server.faults.always({ kind: 'resetAfterReading' }, { path: '/oauth/token' });
    const seen = (await window.seenNotifications()).length;
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/cannot be reached/, seen);
    await shows(
      /^Reltio 59 min, offline$/,
      'normal',
      /offline since \d\d:\d\d; .*lives 59 minutes/,
      'state-offline-alive',
    );
  });

  it('not renewing, when something answers that is not Reltio', async () => {
    await signIn(1);
    server.faults.always({ kind: 'captivePortal' }, { path: '/oauth/token' });
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/Something other than Reltio answered/);
    await shows(/^Reltio not renewing since \d\d:\d\d$/, 'normal', /not renewing since/, 'state-not-renewing');
  });

  it('client rejected', async () => {
    await signIn(3_600);
    server.faults.next({ kind: 'json', status: 401, body: { error: 'unauthorized' } }, { grant: 'refresh_token' });
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/rejects the client id or its secret/);
    await shows(/^Reltio: Client rejected$/, 'error', /Update the client secret/, 'state-client-rejected');
  });

  it('sign in again', async () => {
    await signIn(1);
    await window.untilStatusBar(/renews on next use/);
    server.invalidateRefreshTokens();
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/^Your Reltio sign-in is no longer valid\. Sign in again\./);
    await shows(/^Reltio: Sign in again$/, 'warning', /has ended\. Sign in again\./, 'state-sign-in-again');
  });

  it('signs in again from the menu, asking for the password only', async () => {
    server.policy.accessTokenLifetime = 3_600;
    await window.clickStatusBar();
    await window.untilQuickInput({ focused: /Sign in again/ });
    await window.press('Enter');
    await window.untilQuickInput({ message: /jane@acme\.com: Your Reltio password/, password: true });
    await window.typeInBox(server.users.plain.password);
    await window.untilStatusBar(/^Reltio 59 min$/);
  });

  it('tells that a sign-in brought the very token of before, and offers Renew', async () => {
    server.policy.secondLoginReturns = 'samePair';
    const seen = (await window.seenNotifications()).length;
    await signInAsJane(window, server);
    await window.untilNotification(/Reltio returned the same token as before, valid until .*renew the sign-in\./, seen);
    const [newest] = await window.notifications();
    assert.deepEqual(newest?.buttons, ['Renew Sign-In', 'Copy Token']);
  });

  it('sign in again while the token is still valid: the same words in the message, the bar and the menu', async () => {
    server.invalidateRefreshTokens();
    const seen = (await window.seenNotifications()).length;
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/^Your Reltio sign-in is no longer valid\. Sign in again\./, seen);
    await window.runCommand('View: Focus Active Editor Group'); // takes the focus, and its frame, off the status bar
    await shows(
      /^Reltio 5\d min: Sign in again$/,
      'warning',
      /cannot be refreshed\. Sign in again\./,
      'state-sign-in-soon',
    );
    await window.clickStatusBar();
    await window.untilQuickInput({ focused: /Sign in again/ });
    await window.press('Escape');
    await signIn(3_600);
    await window.untilStatusBar(/^Reltio 59 min$/);
  });

  it('refresh token ending', async () => {
    await window.setSettings({ 'reltioAuth.refreshTokenDays': 2 });
    await shows(/^Reltio 5\d min: Renew sign-in$/, 'warning', /the sign-in ends soon\. Renew it\./, 'state-renew-soon');
  });

  it('renews: revokes the pair that Reltio returns again, and sends the password once more', async () => {
    server.policy.secondLoginReturns = 'samePair';
    server.requests.clear();
    await window.runCommand('Reltio: Renew Sign-In');
    await window.untilQuickInput({ message: /jane@acme\.com: Your Reltio password/, password: true });
    await window.typeInBox(server.users.plain.password);
    const dialog = await window.answerDialog('Replace It');
    assert.match(dialog.message, /^Replace the sign-in of jane@acme\.com \(/);
    await window.untilNotification(/^Signed in as jane/);
    assert.deepEqual(
      server.requests.all.filter(({ method }) => method === 'POST').map(({ path, grant }) => grant ?? path),
      ['password', '/oauth/revoke', 'password'],
    );
  });

  it('choose account, once the one of this workspace is not signed in any more', async () => {
    await signInAsOmar(window, server);
    await window.runCommand('Reltio: Sign Out');
    await window.pick(/^omar@acme\.com/);
    await window.answerDialog('Sign Out Here');
    await shows(
      /^Reltio: Choose account$/,
      'warning',
      /omar@acme\.com .* is not signed in any more\. Choose the account for this workspace\./,
      'state-choose-account',
    );
    await sheet(window, shown);
  });
});
