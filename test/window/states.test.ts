import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { pictures, sheet, timeForPictures } from './pictures';
import { reltioWindow } from './reltioWindow';
import { signInAsJane, signInAsOmar } from './signInByPassword';
import { until } from './until';

describe('the status bar in each state', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow({}, (opened) => ({ server, window } = opened));

  const signIn = async (accessTokenLifetime: number): Promise<void> => {
    server.faults.clear();
    server.policy.accessTokenLifetime = accessTokenLifetime;
    server.policy.secondLoginReturns = 'newPair';
    await signInAsJane(window, server);
  };
  /** Waits for the text, checks the colour and the spoken text, and saves pictures. */
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

  it('signed out', () => shows(/^Reltio: Sign in$/, 'normal', /Signed out\. Sign in\./, 'state-signed-out'));

  it('fresh', async () => {
    await signIn(3_600);
    await shows(/^Reltio 5\d min$/, 'normal', /expires in 5\d minutes/, 'state-fresh');
  });

  it('with a token on the clipboard, until it is cleared', async () => {
    await window.runCommand('Reltio: Copy Access Token');
    await window.untilNotification(/^Token copied\. /);
    await shows(/^Reltio 5\d min$/, 'normal', /The token of jane@acme\.com .* clipboard\.$/, 'state-copied');
    await window.runCommand('Reltio: Clear Copied Token');
    await window.untilNotification('The copied token was removed from the clipboard.');
  });

  it('with an environment that holds production data, in words', async () => {
    const local = { name: 'local', url: server.url, authUrl: server.url };
    await window.applySettings({ 'reltioAuth.environments': [{ ...local, name: 'prod', production: true }] });
    await shows(
      /^Reltio prod \(production\) 5\d min$/,
      'normal',
      /Environment: prod \(production\)\.$/,
      'state-production',
    );
    await window.applySettings({ 'reltioAuth.environments': [local] });
  });

  it('expires within five minutes', async () => {
    await signIn(290);
    await shows(/^Reltio 4 min$/, 'normal', /expires in 4 minutes/, 'state-expiring');
  });

  it('in its last minute, by the second', async () => {
    await signIn(58);
    const first = await seconds();
    const later: number[] = [];
    await until('the seconds to go down', async () => (later.push(await seconds()), (later.at(-1) ?? first) < first));
  });
  const seconds = async (): Promise<number> =>
    Number(/^Reltio (\d+) s$/.exec((await window.untilStatusBar(/^Reltio \d+ s$/)).text)?.[1]);

  it('refreshing', async () => {
    server.faults.next({ kind: 'wait', milliseconds: timeForPictures }, { grant: 'refresh_token' });
    await window.runCommand('Reltio: Refresh Access Token');
    await shows(/^Reltio: Refreshing…$/, 'normal', /Refreshing the token/, 'state-refreshing');
    await window.untilStatusBar(/^Reltio(?!: Refreshing)/);
  });

  it('expired, will be refreshed on next use', async () => {
    await signIn(1);
    await shows(/^Reltio: Refreshes on next use$/, 'normal', /has expired\. It will be refreshed/, 'state-expired');
  });

  it('offline since the server could not be reached', async () => {
    server.faults.always({ kind: 'resetAfterReading' }, { path: '/oauth/token' });
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/cannot be reached/);
    await shows(/^Reltio: Offline since \d\d:\d\d$/, 'normal', /Offline since/, 'state-offline');
  });

  it('offline while the token is valid, also in words', async () => {
    await signIn(3_600);
    server.faults.always({ kind: 'resetAfterReading' }, { path: '/oauth/token' });
    await window.notificationAfter(() => window.runCommand('Reltio: Refresh Access Token'), /cannot be reached/);
    await shows(
      /^Reltio 5\d min, offline$/,
      'normal',
      /Offline since \d\d:\d\d\. .*expires in 5\d minutes/,
      'state-offline-valid',
    );
  });

  it('not refreshing, when something other than Reltio answers', async () => {
    await signIn(1);
    server.faults.always({ kind: 'captivePortal' }, { path: '/oauth/token' });
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/Something other than Reltio answered/);
    await shows(/^Reltio: Cannot refresh since \d\d:\d\d$/, 'normal', /Cannot refresh since/, 'state-not-refreshing');
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
    await window.untilStatusBar(/Refreshes on next use/);
    server.invalidateRefreshTokens();
    await window.runCommand('Reltio: Refresh Access Token');
    await window.untilNotification(/^Your Reltio sign-in is no longer valid\. Sign in again\./);
    await shows(/^Reltio: Sign in again$/, 'warning', /is no longer valid\. Sign in again\./, 'state-sign-in-again');
  });

  it('signs in again from the menu, asking for the password only', async () => {
    server.policy.accessTokenLifetime = 3_600;
    // Its message comes after the status bar has changed, and must not be taken for that of the next sign-in.
    await window.notificationAfter(async () => {
      await window.clickStatusBar();
      await window.untilQuickInput({ focused: /Sign in again/ });
      await window.press('Enter');
      await window.untilQuickInput({ message: /jane@acme\.com: Your Reltio password/, password: true });
      await window.typeInBox(server.users.plain.password);
    }, /^Signed in as jane/);
    await window.untilStatusBar(/^Reltio 5\d min$/);
  });

  it('says that a sign-in returned the same token as before, and offers Renew', async () => {
    server.policy.secondLoginReturns = 'samePair';
    assert.match(
      await signInAsJane(window, server),
      /Reltio returned the same token as before, valid until .*renew the sign-in\./,
    );
    // it may have been read aloud before it is shown
    const [newest] = await until('the message', async () => {
      const shown = await window.notifications();
      return shown.length > 0 && shown;
    });
    assert.deepEqual(newest?.buttons, ['Renew Sign-In', 'Copy Token']);
  });

  it('sign in again while the token is still valid: the same words in the message, the bar and the menu', async () => {
    server.invalidateRefreshTokens();
    await window.notificationAfter(
      () => window.runCommand('Reltio: Refresh Access Token'),
      /^Your Reltio sign-in is no longer valid\. Sign in again\./,
    );
    await window.runCommand('View: Focus Active Editor Group'); // moves the focus, and its frame, away from the status bar
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
    await window.untilStatusBar(/^Reltio 5\d min$/);
  });

  it('refresh token expires soon', async () => {
    await window.applySettings({ 'reltioAuth.refreshTokenDays': 2 });
    await shows(
      /^Reltio 5\d min: Renew sign-in$/,
      'warning',
      /the sign-in expires soon\. Renew it\./,
      'state-renew-soon',
    );
  });

  it('renews: revokes the pair that Reltio returned again, and sends the password once more', async () => {
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

  it('choose account, once the one of this workspace has signed out', async () => {
    await signInAsOmar(window, server);
    await window.runCommand('Reltio: Sign Out');
    await window.pick(/^omar@acme\.com/);
    await window.answerDialog('Sign Out Here');
    await shows(
      /^Reltio: Choose account$/,
      'warning',
      /omar@acme\.com .* is no longer signed in\. Choose the account for this workspace\./,
      'state-choose-account',
    );
    await sheet(window, shown);
  });
});
