import assert from 'node:assert/strict';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import type { Window } from './driver';
import { reltioWindow } from './reltioWindow';
import { until } from './until';

describe('environments, with two identity servers', () => {
  let dev: IdentityServer;
  let live: IdentityServer;
  let window: Window;
  reltioWindow({ settings: () => ({ 'reltioAuth.environments': [] }) }, (opened) => ({ server: dev, window } = opened));
  before(async () => {
    live = await startIdentityServer();
  });
  after(() => live.close());

  const hostOf = ({ port }: IdentityServer) => new RegExp(`127\\.0\\.0\\.1:${port}`);
  const signIn = async (server: IdentityServer): Promise<void> => {
    const { name, password } = server.users.plain;
    await window.pick('Password');
    await window.pick('Use reltio_ui');
    await window.untilQuickInput({ message: /User name/ });
    await window.typeInBox(name);
    await window.untilQuickInput({ password: true });
    await window.typeInBox(password);
  };
  const copy = async (): Promise<void> => {
    await window.clearClipboard();
    await window.runCommand('Reltio: Copy Access Token');
  };

  it('adds the first one from an address, signs in, and lists the tenants that the token reaches', async () => {
    await window.runCommand('Reltio: Add Environment');
    await window.untilQuickInput({ title: /^Add a Reltio environment/, message: /Paste the address of a Reltio page/ });
    await window.typeInBox('evil.example/ui/abc123');
    await window.untilQuickInput({ message: /evil\.example is not a trusted host/ });
    await window.typeInBox(`${dev.url}/ui/`);
    await window.pick(hostOf(dev));
    await window.pick('Sign in to see your tenants');
    await signIn(dev);
    await window.untilQuickInput({ item: 'Acme Test' });
    await window.pick('Acme Development');
    const name = await window.untilQuickInput({ message: /What do you want to call/ });
    assert.equal(name.value, 'local');
    await window.press('Enter');
    await window.pick('No production data');
    await window.untilNotification('Added local, which this workspace now uses.');
    await window.untilStatusBar(/^Reltio \d+ min$/);
    assert.match(await window.statusBarTooltip(), /local: 127\.0\.0\.1:\d+, tenant AcmeDev01/);
  });

  it('uses the next one with an account of its own server, and says production in words', async () => {
    await window.runCommand('Reltio: Add Environment');
    await window.untilQuickInput({ message: /Paste the address of a Reltio page/ });
    await window.typeInBox(`${live.url}/nui/AcmeTest01/dashboard`);
    await window.pick(hostOf(live));
    await window.untilQuickInput({ message: /What do you want to call/ });
    await window.typeInBox('live');
    await window.pick('Production');
    await window.untilNotification(/^Added live \(production\)\./);
    await window.untilStatusBar(/^Reltio local \d+ min$/);
    await window.clickNotificationButton('Use It Here');
    await signIn(live);
    await window.untilNotification(/^This workspace now uses live \(production\) as jane@acme\.com/);
    const item = await window.untilStatusBar(/^Reltio jane@acme\.com · live \(production\) \d+ min$/);
    assert.match(item.spoken, /Environment: live \(production\)\.$/);
  });

  it('asks before each copy for production, and Enter copies nothing', async () => {
    await copy();
    const question = await window.untilDialog(/^Copy the access token of jane@acme\.com/);
    assert.match(question.detail, /^It gives access to production: live\./);
    await window.press('Enter');
    await window.untilNoDialog();
    assert.equal((await window.clipboard()).trim(), '');
  });

  it('switches back, with the account of the other server, whose token is copied without a question', async () => {
    await window.runCommand('Reltio: Switch Environment');
    const list = await window.untilQuickInput({ item: 'local' });
    assert.deepEqual(
      list.items.map(({ label }) => label),
      ['live', 'local', 'Add an environment'],
    );
    await window.pick('local');
    await window.untilStatusBar(/^Reltio jane@acme\.com · local \d+ min$/);
    await window.notificationAfter(copy, /^Token of jane@acme\.com \(.*127\.0\.0\.1:\d+\) copied\. /);
    const authorization = `Bearer ${await window.clipboard()}`;
    const isValidAt = async ({ url }: IdentityServer) =>
      (await fetch(`${url}/reltio/enhancedTenants`, { headers: { authorization } })).ok;
    assert.deepEqual([await isValidAt(dev), await isValidAt(live)], [true, false]);
    await window.runCommand('Reltio: Clear Copied Token');
  });

  it("opens VS Code's own list of the extensions that use the account", async () => {
    await window.clickStatusBar();
    await window.pick('Other extensions that use this account');
    await until('the list, or that no extension has used the account', async () => {
      const list = await window.quickInput();
      return /Manage Trusted Extensions/.test(list?.title ?? '') || (await window.dialog()) !== undefined;
    });
    await window.press('Escape');
  });

  it('underlines a mistake in settings.json, with one sentence', async () => {
    await window.applySettings({
      'reltioAuth.environments': [{ name: 'dev', url: 'https://dev.reltio.com/ui/abc123', tenant: '../oauth' }],
    });
    await window.runCommand('Preferences: Open User Settings (JSON)');
    await window.untilStatusBar(/[1-9]/, 'status.problems');
    await window.page.locator('.view-lines').first().click(); // 1.139 opens it in a modal editor
    for (const sentence of [/Write an address without a path, such as/, /Write the id of a tenant as it is/]) {
      await until(String(sentence), async () => {
        await window.press('F8'); // the next problem, with its text below it
        return sentence.test(await window.text());
      });
    }
  });
});
