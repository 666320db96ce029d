import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { assertNothingLeaked } from './leaks';
import { picture } from './pictures';
import { reltioWindow } from './reltioWindow';
import { signInAsJane } from './signInByPassword';
import { until } from './until';

describe('Who Am I, Copy as cURL and Forget Everything', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow(
    {
      consumer: false,
      policy: { tokenForm: 'reltio' },
      settings: ({ url }) => ({
        'reltioAuth.environments': [
          { name: 'dev', url, authUrl: url, tenant: 'AcmeDev01' },
          { name: 'prod', url, authUrl: url, tenant: 'AcmeDev01', production: true },
        ],
      }),
    },
    (opened) => ({ server, window } = opened),
  );

  const editorText = async (): Promise<string> =>
    (await window.page.locator('.editor-instance .view-line').allInnerTexts()).join('\n').replace(/\u00a0/g, ' ');

  it('shows whose token it is, for the environment in use', async () => {
    await signInAsJane(window, server);
    await window.runCommand('Reltio: Switch Environment');
    await window.pick(/^dev/);
    await window.runCommand('Reltio: Who Am I');
    const text = await until('the answer', async () => {
      const shown = await editorText();
      return shown.includes('not verified') ? shown : undefined;
    });
    for (const part of [
      /User: +jane@acme\.com/,
      /Roles by tenant:/,
      /Tenants that are listed for your token in dev/,
      /Issued by: +127\.0\.0\.1:\d+/,
      /AcmeDev01/,
    ]) {
      assert.match(text, part);
    }
    await window.clearNotifications();
    await picture(window, 'who-am-i', { x: 352, y: 36, width: 815, height: 650 });
  });

  it('copies a command that works in a terminal', async () => {
    await window.notificationAfter(
      () => window.runCommand('Reltio: Copy as cURL'),
      /^cURL for dev \(sh\) copied\. Expires in \d+ min\. /,
    );
    const command = await window.clipboard();
    assert.match(
      command,
      /^ ?echo 'Authorization: Bearer [\w.~+/=-]+' \| curl -H @- 'http:\/\/127\.0\.0\.1:\d+\/reltio\//,
    );
    assert.ok(server.issuedTokens().some((token) => command.includes(`Bearer ${token}'`)));
  });

  it('asks before it copies one for production: Enter copies nothing', async () => {
    await window.runCommand('Reltio: Switch Environment');
    await window.pick(/^prod/);
    await window.clearClipboard();
    await window.runCommand('Reltio: Copy as cURL');
    const { detail } = await window.untilDialog(/^Copy a cURL command, with the access token, of jane@acme\.com/);
    assert.match(detail, /prod \(.*, production\)/);
    await window.press('Enter');
    await window.untilNoDialog();
    assert.equal((await window.clipboard()).trim(), '');
  });

  it('forgets everything only after a yes in a dialog: Enter and Escape keep it', async () => {
    for (const key of ['Enter', 'Escape']) {
      await window.runCommand('Reltio: Forget Everything');
      const { detail, buttons } = await window.untilDialog('Forget everything that Reltio Authentication has stored?');
      assert.match(detail, /jane@acme\.com \(.*127\.0\.0\.1:\d+\)/);
      assert.ok(buttons.includes('Forget Everything') && buttons.includes('Revoke and Forget'), buttons.join());
      await window.press(key);
      await window.untilNoDialog();
    }
    await window.untilStatusBar(/^Reltio /);
    assert.match(await window.browserStore(), /lastUser http/);
  });

  it('leaves no trace of the account in the browser, and none comes back after a reload', async () => {
    await window.runCommand('Reltio: Forget Everything');
    await window.answerDialog('Revoke and Forget');
    await window.untilNotification('Everything was forgotten. The tokens are revoked at Reltio.');
    assert.deepEqual(
      server.requests.all.filter(({ path }) => path === '/oauth/revoke').map(({ secretInUrl }) => secretInUrl),
      [false],
    );
    const remembered = /lastUser http|accountInUse[^}]*jane|lastIdentityServer/;
    await until('the memory to be empty', async () =>
      remembered.test(await window.browserStore()) ? undefined : true,
    );
    await window.reload();
    await window.runCommand('Reltio: Sign In');
    await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
    await window.pick('Password');
    await window.pick('Use reltio_ui'); // the client is not known any more
    assert.equal((await window.untilQuickInput({ message: /User name/ })).value, '');
    await window.press('Escape');
    await window.untilNoQuickInput();
  });

  it('leaves no secret on disk', async () => {
    await assertNothingLeaked(window, server);
  });
});
