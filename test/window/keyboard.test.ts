import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { reltioWindow } from './reltioWindow';
import { renderedPage } from './renderedPage';
import { signInAsOmar } from './signInByPassword';
import { until } from './until';

describe('using only the keyboard', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow(
    {
      settings: ({ url }) => ({
        'consumer.scopes': ['RELTIO_ENVIRONMENT:local'],
        'consumer.url': `${url}/reltio/enhancedTenants`,
      }),
    },
    (opened) => ({ server, window } = opened),
  );

  /** What a screen reader reads of the open quick input. */
  const readAloud = (): Promise<string> => window.page.locator('.quick-input-widget:visible').ariaSnapshot();
  const focused = (): Promise<string> =>
    window.page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  const choose = async (label: string): Promise<void> => {
    await until('the entry to be chosen', async () => {
      const items = (await window.quickInput())?.items ?? [];
      const item = items.find(({ focused }) => focused);
      if (item === undefined) return false; // the list is not shown yet
      const isExact = items.some((one) => one.label === label);
      if (isExact ? item.label === label : item.label.startsWith(label)) return true;
      await window.press('ArrowDown');
      return false;
    });
    await window.press('Enter');
  };
  const paletteFor = async (text: string): Promise<string[]> => {
    await window.press('F1');
    await window.untilQuickInput({ item: /./ });
    await window.typeInBox(`>${text}`, { submit: false });
    const labels = await until('the palette to settle', async () => {
      const before = (await window.quickInput())?.items.map(({ label }) => label);
      await new Promise((resolve) => setTimeout(resolve, 300));
      const after = (await window.quickInput())?.items.map(({ label }) => label);
      return JSON.stringify(before) === JSON.stringify(after) ? after : undefined;
    });
    await window.press('Escape');
    return labels.filter((label) => label.startsWith('Reltio: '));
  };

  it('offers only what makes sense without a session', async () => {
    // the list shows only as many as fit into it
    const titles = [
      ...(await paletteFor('Reltio: ')),
      ...(await paletteFor('Reltio: Start')),
      ...(await paletteFor('Reltio: Switch')),
    ];
    assert.deepEqual([...new Set(titles)].sort(), [
      'Reltio: Add Environment',
      'Reltio: Change Token Access',
      'Reltio: Copy Local Proxy Address',
      'Reltio: Copy MCP Configuration',
      'Reltio: Diagnose Sign-In',
      'Reltio: Enter Client Certificate Passphrase',
      'Reltio: Forget Everything',
      'Reltio: Get Started',
      'Reltio: Import Environments',
      'Reltio: New Local Proxy Key',
      'Reltio: Show Log',
      'Reltio: Show Menu',
      'Reltio: Show Session Details',
      'Reltio: Sign In',
      'Reltio: Sign Out',
      'Reltio: Start Local Proxy',
      'Reltio: Switch Environment',
    ]);
  });

  it('shows when a sign-in started by another extension will close, and reads each step aloud', async () => {
    await window.runCommand('Consumer: Ask for a Session');
    await window.untilDialog(/wants to sign in using Reltio/);
    await window.press('Enter');
    const method = await window.untilQuickInput({ item: 'Password' });
    assert.match(method.title, /^Sign in to Reltio \(closes at (.+, )?\d\d:\d\d\) \(1\/\d\)$/);
    const aloud = await readAloud();
    assert.match(aloud, /Sign in to Reltio \(closes at/);
    assert.match(aloud, /How do you sign in\?/);
    assert.match(aloud, /Password, Your Reltio user name and password/);
    assert.match(aloud, /What is this\?/);
    await choose('Password');
    await window.untilQuickInput({ item: /Use reltio_ui/ });
    await choose('Use reltio_ui');
    await window.untilQuickInput({ message: /User name/ });
    for (const [key, button] of [
      ['Shift+Tab', /^What is this\?/],
      ['ArrowRight', /^Use a client other than reltio_ui/],
      ['ArrowLeft', /^What is this\?/],
      ['Shift+Tab', /^Back/],
    ] as const) {
      await window.press(key);
      await until(String(button), async () => button.test(await focused()), focused);
    }
    await window.typeInBox('jane@acme.com');
    await window.untilQuickInput({ password: true });
    assert.match(await readAloud(), /textbox.*It is sent to .* and is not stored/s);
    await window.typeInBox('wrong');
    await window.untilQuickInput({ severity: 'error' });
    assert.match(await readAloud(), /does not accept this user name and password/);
  });

  it('keeps nothing in the password box after Escape, and shows no message for Escape', async () => {
    const seen = (await window.seenNotifications()).length;
    await window.typeInBox('half a pass', { submit: false });
    await window.press('Escape');
    await window.untilNoQuickInput();
    await window.runCommand('Reltio: Sign In');
    await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
    await choose('Password');
    await window.untilQuickInput({ item: /Use reltio_ui/ });
    await choose('Use reltio_ui');
    await window.untilQuickInput({ message: /User name/ });
    await window.typeInBox('jane@acme.com');
    const box = await window.untilQuickInput({ password: true });
    assert.equal(box.value, '');
    const said = (await window.seenNotifications()).slice(seen);
    assert.deepEqual(
      said.filter((text) => !text.startsWith('Consumer: ')),
      [],
    );
    await window.typeInBox(server.users.plain.password);
    await window.untilNotification(/^Signed in as jane/);
  });

  it('offers every command once the user is signed in', async () => {
    // one by one: the list shows only as many as fit into it
    for (const title of ['Copy Access Token', 'Copy Authorization Header', 'Show Session Details', 'Sign Out']) {
      const labels = await paletteFor(`Reltio: ${title}`);
      assert.ok(labels.includes(`Reltio: ${title}`), `${title}: ${labels.join()}`);
    }
  });

  it('reads the status bar and the menu aloud in words', async () => {
    const bar = window.page.locator('[id$="reltioAuth.session"]');
    assert.match(await bar.ariaSnapshot(), /Reltio: The token of jane@acme\.com .* expires in 5\d minutes\./);
    await window.runCommand('Reltio: Show Menu');
    await window.untilQuickInput({ focused: /Refresh token/ });
    const aloud = await readAloud();
    assert.match(aloud, /What do you want to do\?/);
    assert.match(aloud, /Refresh token \(5\d min left\)/);
    assert.match(aloud, /Sign out/);
    assert.doesNotMatch(aloud, /option "(copy|sync|info|output|sign-out) /);
    await window.press('Escape');
  });

  it('copies the header from the menu', async () => {
    await window.clearClipboard();
    await window.runCommand('Reltio: Show Menu');
    await window.untilQuickInput({ focused: /Refresh token/ });
    await choose('Copy Authorization header');
    await window.untilNotification(/^Header copied\. Expires in 5\d min\. Stays on the clipboard\.$/);
    const header = await window.clipboard();
    assert.match(header, /^Authorization: Bearer \S+$/);
    const answer = await fetch(`${server.url}/reltio/enhancedTenants`, {
      headers: { authorization: header.slice('Authorization: '.length) },
    });
    assert.equal(answer.status, 200);
  });

  it('shows the details without a secret, and updates the open page', async () => {
    await window.runCommand('Reltio: Show Session Details');
    const { text } = await renderedPage(window, /Session id [0-9a-f-]{36}/);
    assert.match(text, /In use in this workspace: jane@acme\.com/);
    for (const token of server.issuedTokens()) assert.ok(!text.includes(token));
    server.policy.accessTokenLifetime = 7_200;
    await window.runCommand('Reltio: Refresh Access Token');
    await renderedPage(window, /1 h 5\d min left/);
    await window.runCommand('View: Close All Editors'); // VS Code gives the page the focus whenever it has loaded
  });

  it('names the account in use once there are two, and changes it from the menu', async () => {
    await signInAsOmar(window, server);
    await window.untilStatusBar(/^Reltio omar@acme\.com 1 h 5\d min$/);
    await window.runCommand('Reltio: Show Menu');
    await window.untilQuickInput({ focused: /Refresh token/ });
    await choose('Use jane@acme.com');
    await window.untilStatusBar(/^Reltio jane@acme\.com 1 h 5\d min$/);
    await until('the choice to be stored', async () => /accountInUse[^}]*jane/.test(await window.browserStore()));
    await window.setSettings({ 'reltioAuth.statusBar.click': 'refresh' }); // which reloads
    await window.untilStatusBar(/^Reltio jane@acme\.com 1 h 5\d min$/);
  });

  it('shows the tooltip with links and no secret', async () => {
    const tooltip = await window.statusBarTooltip();
    for (const part of [/jane@acme\.com/, /with a password/, /Refresh/, /Copy token/, /Sign out/])
      assert.match(tooltip, part);
    for (const token of server.issuedTokens()) assert.ok(!tooltip.includes(token));
    assert.equal(
      await window.page.locator('.monaco-hover a[data-href^="mailto:"], .monaco-hover a[href^="mailto:"]').count(),
      0,
    );
  });

  it('refreshes on a click if the setting says so, and shows no message at start-up', async () => {
    assert.deepEqual(await window.seenNotifications(), []);
    await until('a refresh, which is possible once in ten seconds', async () => {
      const text = await window.notificationAfter(
        () => window.clickStatusBar(),
        /^(New token|Token) of jane@acme\.com .* (until|refreshed)/,
      );
      return text.startsWith('New token');
    });
  });
});
