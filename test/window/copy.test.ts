import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { reltioWindow } from './reltioWindow';
import { signInAsJane, signInAsOmar } from './signInByPassword';
import type { StatusBarItem } from './statusBar';
import { until } from './until';

describe('copying a token, with two accounts', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow({ consumer: false }, (opened) => ({ server, window } = opened));

  const copy = async (): Promise<void> => {
    await window.clearClipboard();
    await window.runCommand('Reltio: Copy Access Token');
  };
  /** Whether the data API accepts the bearer. */
  const isValid = async (token: string): Promise<boolean> =>
    (await fetch(`${server.url}/reltio/enhancedTenants`, { headers: { authorization: `Bearer ${token}` } })).ok;
  const shows = (what: string, matches: (item: StatusBarItem) => boolean): Promise<true> =>
    until(what, async () => {
      const item = await window.statusBar();
      return item !== undefined && matches(item) ? true : undefined;
    });

  it('shows that a token is on the clipboard, and whose, and clears it', async () => {
    await signInAsJane(window, server);
    await signInAsOmar(window, server);
    await window.untilStatusBar(/^Reltio omar@acme\.com \d+ min$/);
    await window.notificationAfter(copy, /^Token of omar@acme\.com \(.*127\.0\.0\.1:\d+\) copied\. /);
    assert.ok(await isValid(await window.clipboard()));
    await shows('the clipboard icon', ({ icons }) => icons.includes('clippy'));
    const item = await window.statusBar();
    assert.match(item?.spoken ?? '', /The token of omar@acme\.com .* may still be on the clipboard\.$/);
    assert.match(await window.statusBarTooltip(), /may still be on the clipboard\.\s*Clear copied token/);
    await window.runCommand('Reltio: Clear Copied Token');
    await window.untilNotification('The copied token was removed from the clipboard.');
    assert.equal((await window.clipboard()).trim(), '');
    await shows('no clipboard icon', ({ icons }) => !icons.includes('clippy'));
  });

  it('copies nothing while the window has no focus, and says what to do', async () => {
    await window.loseFocus();
    await window.notificationAfter(copy, /^Nothing was copied or started, .*click in the window and run it again\./);
    assert.equal((await window.clipboard()).trim(), '');
    await window.loseFocus(); // VS Code took the focus of its palette for the window's, and only reacts to a change
    await window.regainFocus();
    await window.notificationAfter(copy, /^Token of .* copied\. /);
    await window.runCommand('Reltio: Clear Copied Token');
  });

  it('uses no other account in place of the one that has signed out: the status bar and the command ask', async () => {
    await window.runCommand('Reltio: Sign Out');
    await window.pick(/^omar@acme\.com/);
    await window.answerDialog('Sign Out Here');
    await window.untilStatusBar(/^Reltio: Choose account$/);
    assert.match(await window.statusBarTooltip(), /is no longer signed in.*Choose account/s);
    await window.clickStatusBar();
    await window.untilQuickInput({ focused: /^Sign in again as omar@acme\.com/ });
    await window.press('Escape');
    await window.untilNoQuickInput();

    await copy();
    const pick = await window.untilQuickInput({ focused: /^Sign in again as omar@acme\.com/ });
    assert.match(pick.title, /omar@acme\.com .* is no longer signed in/);
    assert.equal((await window.clipboard()).trim(), '');
    await window.pick(/^jane@acme\.com/);
    await window.untilNotification(/^Token of jane@acme\.com \(.*127\.0\.0\.1:\d+\) copied\. /);
    assert.ok(await isValid(await window.clipboard()));
    await window.untilStatusBar(/^Reltio jane@acme\.com \d+ min$/);
  });

  it('remembers the answer after a reload', async () => {
    await until('the choice to be stored', async () => /accountInUse[^}]*jane/.test(await window.browserStore()));
    await window.setSettings({ 'reltioAuth.clipboard.confirm': true }); // which reloads
    await window.untilStatusBar(/^Reltio jane@acme\.com \d+ min$/);
  });

  it('asks if the setting says so: Enter and Escape copy nothing, the button copies', async () => {
    for (const key of ['Enter', 'Escape']) {
      await copy();
      const { message, detail, buttons } = await window.untilDialog(/^Copy the access token of jane@acme\.com/);
      assert.match(message, /^Copy the access token of jane@acme\.com \(.*127\.0\.0\.1:\d+\)\?$/);
      assert.match(detail, /Your environments for this account: local \(.*127\.0\.0\.1:\d+\)\.$/);
      assert.ok(buttons.includes('Copy') && buttons.includes('Do Not Copy'), buttons.join());
      await window.press(key);
      await window.untilNoDialog();
      assert.equal((await window.clipboard()).trim(), '');
    }
    await copy();
    await window.answerDialog('Copy');
    await window.untilNotification(/^Token of .* copied\. /);
    assert.ok(await isValid(await window.clipboard()));
  });

  it('logs each copy, refused or not, without a token', () => {
    const log = window.logText('Reltio Authentication');
    assert.match(log, /copy: done session=[0-9a-f-]{36} form=token/);
    assert.match(log, /copy: refused in a window without focus form=token/);
    assert.match(log, /copy: declined session=[0-9a-f-]{36} form=token/);
    for (const token of server.issuedTokens()) assert.ok(!log.includes(token));
  });
});
