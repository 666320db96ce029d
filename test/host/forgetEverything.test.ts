import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { scriptedPrompt } from '../fakes/scriptedPrompt';
import { Reltio } from './reltio';

describe('Forget Everything', () => {
  let reltio: Reltio;
  beforeEach(async () => {
    reltio = await Reltio.start();
  });
  afterEach(() => reltio.stop());

  const forget = async (how: string): Promise<void> => {
    reltio.seam.prompt = scriptedPrompt([how]);
    await vscode.commands.executeCommand('reltioAuth.forgetEverything');
  };
  const accounts = (): Thenable<unknown[]> => vscode.commands.executeCommand('consumer.getAccounts');

  it('signs every account out, and remembers neither client nor user', async () => {
    await reltio.signIn();
    await forget('Keep Everything');
    assert.equal((await accounts()).length, 1);
    const announced = reltio.seam.announced.length;
    await forget('Forget Everything');
    assert.deepEqual(await accounts(), []);
    assert.deepEqual(
      reltio.seam.announced.slice(announced).map(({ removed }) => removed.length),
      [1],
    );
    const asked = await reltio.signIn(); // asks for the client again
    assert.ok(
      asked.every(({ value }) => value === ''),
      'no box suggests the user',
    );
    assert.equal((await accounts()).length, 1);
  });

  it('revokes the tokens first if the user wants', async () => {
    await reltio.signIn();
    await vscode.commands.executeCommand('reltioAuth.copyToken');
    const token = await vscode.env.clipboard.readText();
    await forget('Revoke and Forget');
    const answer = await fetch(reltio.dataUrl, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 401);
    assert.deepEqual(await accounts(), []);
  });
});
