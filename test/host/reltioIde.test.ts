import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { accepting, Reltio } from './reltio';
import type { ReltioIde } from './reltioIde/extension';

describe('Use in Reltio IDE', () => {
  let reltio: Reltio;
  let ide: ReltioIde;
  beforeEach(async () => {
    reltio = await Reltio.start();
    const extension = vscode.extensions.getExtension<ReltioIde>('test-fixtures.reltio-ide-stand-in');
    assert.ok(extension !== undefined);
    ide = await extension.activate();
    ide.calls.length = 0;
    ide.tokens.clear();
    await vscode.env.clipboard.writeText('a recipe');
    await reltio.signIn();
  });
  afterEach(() => reltio.stop());

  const use = (...given: readonly unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand('reltioAuth.useInReltioIde', ...given);

  it('brings a token that works into its box, and passes on nothing but the name of the environment', async () => {
    const { host } = new URL(reltio.server.url);
    const answer = use();
    await accepting(answer);
    assert.equal(await answer, undefined, 'no command returns a token');
    assert.deepEqual(ide.calls, [[{ environmentName: host }]]);
    const token = ide.tokens.get(host) ?? '';
    assert.equal(token, await vscode.env.clipboard.readText());
    const { status } = await fetch(reltio.dataUrl, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(status, 200);
  });

  it('does nothing in a window without the focus, whichever extension runs the command', async () => {
    reltio.seam.isFocused = false;
    await use();
    await use(reltio.seam.announced.at(-1)?.added[0]);
    assert.deepEqual([ide.calls, await vscode.env.clipboard.readText()], [[], 'a recipe']);
  });
});
