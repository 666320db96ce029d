import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startIdentityServer } from '../identity/server';
import { Reltio, until, useEnvironments } from './reltio';

const EXAMPLE = 'your-publisher.reltio-consumer-example';
const LIST = '/reltio/enhancedTenants';

describe('the example for other extensions', () => {
  let reltio: Reltio;
  beforeEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors'); // of other tests
    reltio = await Reltio.start();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await reltio.stop();
  });

  const showView = () => vscode.commands.executeCommand('reltioExample.tenants.focus');
  const lists = () => reltio.server.requests.to(LIST).length;
  const openConfiguration = async (): Promise<string | undefined> => {
    await vscode.commands.executeCommand('reltioExample.openConfiguration', { environment: 'local', id: 'AcmeDev01' });
    return vscode.window.activeTextEditor?.document.getText();
  };

  it('asks for nothing until it is used, then shows what the account reaches', async () => {
    await reltio.signIn();
    await showView();
    await until('the example asks for access', async () =>
      (await vscode.commands.getCommands(true)).some((id) => id.startsWith(`reltio${EXAMPLE}`)),
    );
    assert.equal(lists(), 0, 'no request without access');

    await reltio.letIn(EXAMPLE, async () => lists() > 0);
    const text = await openConfiguration();
    assert.equal((JSON.parse(text ?? '{}') as { label?: string }).label, 'AcmeDev01');

    assert.equal(lists(), 1, 'one request, however many events there were');
    await vscode.commands.executeCommand('reltioAuth.refreshToken');
    await openConfiguration();
    assert.equal(lists(), 1, 'a refreshed token is no reason to list the tenants again');

    await reltio.signOut();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    assert.equal(await openConfiguration(), undefined, 'nothing after the sign-out');
  });

  it('ignores what another extension passes to its command', async () => {
    for (const argument of [undefined, null, 'AcmeDev01', {}, { environment: 1, id: 2 }, { environment: 'local' }]) {
      await vscode.commands.executeCommand('reltioExample.openConfiguration', argument);
    }
    assert.equal(vscode.window.activeTextEditor, undefined);
    assert.deepEqual(reltio.server.requests.all, []);
  });
});

describe('the reltio.ts of the example, with environments of two identity servers', () => {
  it('remembers for each environment which account the user chose', async () => {
    const reltio = await Reltio.start();
    const there = await startIdentityServer();
    try {
      const { url } = reltio.server;
      await useEnvironments([
        { name: 'here', url, authUrl: url },
        { name: 'there', url: there.url, authUrl: there.url },
      ]);
      const [here, other] = [url, there.url].map((server) => `jane@acme.com (${server})`);
      const accountOf = (environment: string, prompt = 'silent') =>
        vscode.commands.executeCommand<string | undefined>('consumer.accountOf', environment, prompt);
      const { password } = there.users.plain;
      for (const [name, server] of [
        ['here', url],
        ['there', there.url],
      ] as const) {
        await reltio.answer([new URL(server).host, 'Password', 'Use reltio_ui', 'jane@acme.com', password]);
        await accountOf(name, 'offer');
        await reltio.letIn('test-fixtures.reltio-auth-consumer', async () => (await accountOf(name)) !== undefined);
      }
      for (let round = 0; round < 3; round++) {
        assert.deepEqual([await accountOf('here'), await accountOf('there')], [here, other]);
      }
    } finally {
      await reltio.stop();
      await there.close();
    }
  });
});
