import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { accepting, Reltio } from './reltio';

describe('copying, with two accounts', () => {
  let reltio: Reltio;
  const clipboard = (): Thenable<string> => vscode.env.clipboard.readText();
  /** The status of a data API call with the copied token. */
  const status = async (): Promise<number> => {
    const answer = await fetch(reltio.dataUrl, { headers: { authorization: `Bearer ${await clipboard()}` } });
    return answer.status;
  };

  beforeEach(async () => {
    reltio = await Reltio.start();
    await reltio.signIn();
    const omar = reltio.server.users.withAuthenticator;
    await reltio.answer(['127.0.0.1', 'Password', omar.name, omar.password, omar.code()]);
    await vscode.env.clipboard.writeText('a recipe');
  });
  afterEach(async () => {
    await reltio.stop();
  });

  it('puts nothing on the clipboard in a window without focus, whichever extension runs the command', async () => {
    reltio.seam.isFocused = false;
    const id = reltio.seam.announced.at(-1)?.added[0];
    assert.ok(id !== undefined);
    for (const command of ['reltioAuth.copyToken', 'reltioAuth.copyAuthorizationHeader']) {
      await vscode.commands.executeCommand(command);
      await vscode.commands.executeCommand(command, id);
      assert.equal(await clipboard(), 'a recipe');
    }
    reltio.seam.isFocused = true;
    await vscode.commands.executeCommand('reltioAuth.copyToken');
    assert.equal(await status(), 200);
  });

  it('uses no other account in place of the one that has signed out, and remembers the one picked', async () => {
    const before = reltio.server.requests.all.length;
    await reltio.signOut(); // the one in use is first in the list: omar
    reltio.seam.prompt = undefined; // a sign-in would open a box, and hang
    await accepting(vscode.commands.executeCommand('reltioAuth.copyToken'), 1); // below "Sign in again as omar"
    assert.equal(await status(), 200);
    assert.ok(reltio.server.requests.all.slice(before).every(({ path }) => path !== '/oauth/token'));
    await vscode.env.clipboard.writeText('a recipe');
    await vscode.commands.executeCommand('reltioAuth.copyToken'); // does not ask again
    assert.equal(await status(), 200);
  });
});
