import assert from 'node:assert/strict';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commandIds, unlistedCommands, type CommandId } from '../../src/editor/commandIds';
import { extensionId } from '../../src/editor/messages/extensionId';
import { scriptedPrompt } from '../fakes/scriptedPrompt';
import { scanForSecrets } from '../window/secretScan';
import { pause, Reltio } from './reltio';
import { textsIn } from './textsIn';

/** The longest time that a command may take when the user leaves every question (milliseconds). */
const limit = 15_000;

describe('every command and export', () => {
  let reltio: Reltio;
  beforeEach(async () => {
    reltio = await Reltio.start();
    await reltio.signIn();
    reltio.seam.prompt = scriptedPrompt([]); // a user who leaves every box
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors'); // some commands show a document
    await reltio.stop();
  });

  /** Every secret that this extension could know. */
  const secrets = (): Record<string, string> => {
    const tokens = reltio.server.issuedTokens().map((token, index): [string, string] => [`token ${index}`, token]);
    assert.ok(tokens.length >= 2, 'an access token and a refresh token were issued');
    return { ...Object.fromEntries(tokens), password: reltio.server.users.plain.password };
  };
  const found = (where: string, value: unknown) =>
    scanForSecrets(secrets(), { texts: { [where]: textsIn(value).join('\n') } });
  const copiedToken = async (): Promise<string> => {
    await vscode.commands.executeCommand(commandIds.copyToken);
    return await vscode.env.clipboard.readText();
  };

  it('returns no token to another extension, whatever it passes', async function () {
    this.timeout(120_000);
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('reltioAuth.'));
    const ids = Object.values(commandIds);
    assert.deepEqual(
      ids.filter((id) => !registered.includes(id)),
      [],
    );
    assert.deepEqual(
      registered.filter((id) => !isOurs(id)).filter((id) => !isOfVSCode(id)),
      [],
    );
    const token = await copiedToken();
    assert.equal(
      found('a token', { deep: [new Map([['token', token]])] }).length > 0,
      true,
      'the search finds a token',
    );
    const sessionId = reltio.seam.announced.at(-1)?.added[0];
    const question = {
      status: 401,
      body: `{"error":"invalid_token","error_description":"Invalid access token: ${token}"}`,
    };
    const everything = {
      ...question,
      url: `${reltio.dataUrl}?token=${token}`,
      environment: token,
      account: token,
      code: token,
    };

    for (const id of ids) {
      const isForExtensions = unlistedCommands.includes(id);
      const arguments_ = isForExtensions ? [undefined, sessionId, token, question, everything] : [undefined, sessionId];
      for (const argument of arguments_) {
        const answer = await answerOf(id, argument);
        assert.deepEqual(found(id, answer), []);
        assert.ok(isForExtensions || answer === undefined, `${id} returns nothing`);
      }
    }
    const accounts = await vscode.commands.executeCommand<unknown[]>('consumer.getAccounts');
    assert.equal(accounts.length, 1, 'nothing was signed out or forgotten');
  });

  it('gives no token away in what the extension exports, or in the module that other extensions can load', async () => {
    const extension = vscode.extensions.getExtension(extensionId);
    assert.ok(extension !== undefined);
    await copiedToken();
    const { main } = extension.packageJSON as { readonly main: string };
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const module: unknown = require(join(extension.extensionPath, main));
    for (const [where, value] of Object.entries({ exports: extension.exports as unknown, module })) {
      assert.ok(textsIn(value).length > 0, `${where} were read`);
      assert.deepEqual(found(where, value), []);
    }
  });

  it('tells another extension the environments, the account and the reason of a failure', async () => {
    const { url } = reltio.server;
    const { host } = new URL(url);
    assert.deepEqual(await vscode.commands.executeCommand(commandIds.environments), {
      environments: [{ name: 'local', url, identityServer: url, tenant: 'AcmeDev01', production: false, inUse: true }],
    });
    const [account] =
      await vscode.commands.executeCommand<vscode.AuthenticationSessionAccountInformation[]>('consumer.getAccounts');
    assert.deepEqual(await vscode.commands.executeCommand(commandIds.activeAccount), {
      state: 'signedIn',
      account: { id: account?.id, label: account?.label },
      identityServer: url,
      environment: 'local',
    });
    const before = reltio.server.requests.all.length;
    const answer = await fetch(reltio.dataUrl, { headers: { authorization: 'Bearer wrong' } });
    const { kind, message } = await vscode.commands.executeCommand<{ kind: string; message: string }>(
      commandIds.explain,
      {
        status: answer.status,
        body: await answer.text(),
        headers: answer.headers,
        url: reltio.dataUrl,
        environment: 'local',
      },
    );
    assert.equal(kind, 'tokenExpiredOrRejected');
    assert.ok(message.startsWith(`${host} does not accept the token (HTTP 401)`), message);
    assert.equal(reltio.server.requests.all.length, before + 1, 'only the call itself was sent');
  });

  const isOurs = (id: string): id is CommandId => (Object.values(commandIds) as readonly string[]).includes(id);
  /** VS Code adds commands of its own for views and the like. */
  const isOfVSCode = (id: string): boolean => /\.(focus|open|resetViewLocation|removeView|toggleVisibility)$/.test(id);
});

/** Runs a command, and presses Escape at whatever it shows until it returns. */
async function answerOf(id: CommandId, argument: unknown): Promise<unknown> {
  let isDone = false;
  const work = Promise.resolve(vscode.commands.executeCommand(id, argument)).finally(() => (isDone = true));
  const end = Date.now() + limit;
  while (!isDone) {
    assert.ok(Date.now() < end, `${id} does not return`);
    await Promise.race([work, pause(100)]);
    if (!isDone) await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  }
  return await work;
}
