import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { assertNothingLeaked } from './leaks';
import { boxPart, picture } from './pictures';
import { reltioWindow } from './reltioWindow';
import { filesBelow } from './secretScan';
import { answerAsJane, signInAsJane } from './signInByPassword';
import { until } from './until';

const ACCOUNT = /^jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\) \(Reltio\)/;

describe('from the status bar to another extension', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow(
    {
      settings: ({ url }) => ({
        'consumer.url': `${url}/reltio/tenants/AcmeDev01/name`,
        'consumer.scopes': ['entities_api'],
      }),
    },
    (opened) => ({ server, window } = opened),
  );

  const statusOf = async (token: string): Promise<number> =>
    (await fetch(`${server.url}/reltio/enhancedTenants`, { headers: { authorization: `Bearer ${token}` } })).status;
  const copied = async (): Promise<string> => {
    await window.clearClipboard();
    await window.runCommand('Reltio: Copy Access Token');
    return await until('the token on the clipboard', async () => (await window.clipboard()) || undefined);
  };

  it('offers to sign in', async () => {
    await window.untilStatusBar(/Sign in/);
    await picture(window, 'signed-out');
  });

  it('prompts for another extension, after VS Code has asked the user', async () => {
    await window.runCommand('Consumer: Ask for a Session');
    await window.untilDialog(/wants to sign in using Reltio/);
    await picture(window, 'consent', { x: 380, y: 280, width: 520, height: 240 });
    await window.answerDialog('Allow');
    await answerAsJane(window, server);
    await window.untilNotification(/^Consumer: status 200 as jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\)$/);
    await window.untilStatusBar(/^Reltio 5\d min$/);
  });

  it('copies a token that works', async () => {
    assert.equal(await statusOf(await copied()), 200);
    await window.untilNotification(/^Token copied\. Expires in \d+ min\. /);
  });

  it('refreshes from the status bar', async () => {
    const before = await copied();
    await window.clickStatusBar();
    await window.untilQuickInput({ focused: /Refresh token \(5\d min left\)/ });
    await picture(window, 'menu', { ...boxPart, height: 350 });
    await window.press('Enter');
    await window.untilNotification(/^New token until (.+, )?\d\d:\d\d\.$/);
    const after = await copied();
    assert.notEqual(after, before);
    assert.equal(await statusOf(after), 200);
    assert.equal(await statusOf(before), 401);
  });

  it('is still signed in after a reload, without asking the identity server', async () => {
    server.requests.clear();
    await window.reload();
    await window.untilStatusBar(/^Reltio 5\d min$/);
    await window.runCommand('Consumer: Ask Silently');
    await window.untilNotification(/^Consumer: status 200 as jane@acme\.com /);
    assert.equal(await statusOf(await copied()), 200);
    assert.equal(server.requests.tokenCalls().length, 0);
    const state = window
      .writtenFolders()
      .flatMap(filesBelow)
      .find((file) => file.endsWith('state.json'));
    assert.match(readFileSync(state ?? '', 'utf8'), /^\{"storeId":"[\w-]+","revision":\d+,"sessions":1\}$/);
  });

  it('says that Reltio returned the same token, or when the token can be refreshed again', async () => {
    server.policy.refreshReturns = 'samePairSameExpiry';
    const answers = [
      /^Same token returned by Reltio, \d+ min left\.$/,
      /^Token refreshed \d s ago\. You can refresh it again at \d\d:\d\d:\d\d\.$/,
    ];
    const seenAnswers = new Set<RegExp>();
    await until('both answers', async () => {
      const text = await window.notificationAfter(
        () => window.runCommand('Reltio: Refresh Access Token'),
        /^(Same token|Token refreshed) /,
      );
      const answer = answers.find((one) => one.test(text));
      assert.ok(answer !== undefined, text);
      seenAnswers.add(answer);
      return seenAnswers.size === answers.length;
    });
    server.policy.refreshReturns = 'rotatedPair';
  });

  it('signs out here only, in the Accounts menu', async () => {
    const token = await copied();
    await window.chooseInAccountsMenu(ACCOUNT, 'Sign Out');
    await window.answerDialog('Sign Out');
    await window.untilStatusBar(/Sign in/);
    assert.equal(await statusOf(token), 200);
  });

  it('signs out and revokes at Reltio, with its own command', async () => {
    await signInAsJane(window, server);
    const token = await copied();
    await window.runCommand('Reltio: Sign Out');
    await window.answerDialog('Revoke at Reltio Too');
    await window.untilNotification(/^Signed out here and at Reltio: jane@acme\.com .*\.$/);
    await window.untilStatusBar(/Sign in/);
    await until('the token to be revoked', async () => (await statusOf(token)) === 401);
  });

  it('leaves no secret on disk', async () => {
    await window.clearClipboard();
    await assertNothingLeaked(window, server);
  });
});
