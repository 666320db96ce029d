import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { picture } from './pictures';
import { reltioWindow } from './reltioWindow';
import { renderedPage } from './renderedPage';
import { signInAsJane } from './signInByPassword';
import { until } from './until';

describe('the pages', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow(
    {
      settings: ({ url }) => ({
        'reltioAuth.trustedHosts': ['reltio.test'],
        'reltioAuth.environments': [
          { name: 'local', url, authUrl: url },
          { name: 'acme', url: 'https://acme.reltio.test', authUrl: 'https://auth.reltio.test' },
        ],
      }),
    },
    (opened) => ({ server, window } = opened),
  );

  const button = (name: string): Locator => window.page.locator('.editor-actions').getByRole('button', { name });
  const tabs = async (): Promise<string[]> =>
    (await window.page.locator('.tabs-container .tab').allInnerTexts()).map((text) => text.replace(/\s*\n\s*/g, ''));

  it('show what is wrong first, then a table for each identity server', async () => {
    await window.runCommand('Reltio: Diagnose Sign-In');
    const { text, body } = await renderedPage(window, /^Reltio Sign-In Diagnosis/);
    await picture(window, 'diagnosis');
    assert.match(
      text,
      /^Reltio Sign-In Diagnosis ✗ One problem was found\. (1\. )?Certificate \(auth\.reltio\.test\): /,
    );
    assert.match(text, /Identity server auth\.reltio\.test .*✗ Problem .*Identity server 127\.0\.0\.1:\d+ .*✓ OK/);
    assert.equal(await body.locator('table').count(), 3, 'two servers and this computer');
    assert.equal(await body.locator('a[href]:not([href^="#"])').count(), 0, 'no links');
  });

  it('have a button that copies the text, and one that checks again', async () => {
    await window.clearClipboard();
    await window.notificationAfter(() => button('Copy Diagnosis').click(), /^Diagnosis copied\. /);
    const copied = await window.clipboard();
    assert.match(copied, /^# Reltio Sign-In Diagnosis\n\n✗ One problem was found\./);
    assert.match(copied, /^- \*\*✗ Problem\*\* · Certificate \(auth\.reltio\.test\): /m);
    await signInAsJane(window, server);
    await button('Diagnose Sign-In').click();
    await renderedPage(window, /Account 1 ✓ OK Signed in\./);
    assert.deepEqual(await tabs(), ['Reltio Sign-In Diagnosis.md']);
  });

  it('show the details of a session, and copy them', async () => {
    await window.runCommand('Reltio: Show Session Details');
    const { text, body } = await renderedPage(window, /^Reltio sessions/);
    await picture(window, 'details');
    assert.match(text, /In use in this workspace: jane@acme\.com .*✓ OK Identity server http:\/\/127\.0\.0\.1/);
    assert.equal(await body.locator('a[href]:not([href^="#"])').count(), 0, 'no links');
    await window.clearClipboard();
    await window.notificationAfter(() => button('Copy Session Details').click(), /^Session details copied\. /);
    const copied = await window.clipboard();
    assert.match(copied, /^ {2}Session id: +[0-9a-f-]{36}$/m);
    for (const token of server.issuedTokens()) assert.ok(!`${text}${copied}`.includes(token));
  });

  it('in a dark theme', async () => {
    await window.setTheme('Dark High Contrast');
    await picture(window, 'details-contrast');
  });

  it('are closed when the window is reloaded, because VS Code could only restore an error', async () => {
    await window.reloadByCommand();
    await window.untilStatusBar(/min$/);
    await until('the pages to be closed', async () => (await tabs()).length === 0);
  });
});
