import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionId } from '../../src/editor/messages/extensionId';
import { scriptedPrompt } from '../fakes/scriptedPrompt';
import { HostedMcp } from '../identity/hostedMcp';
import { connectMcp, echo } from '../identity/mcpClient';
import { pause, Reltio, until, useEnvironments } from './reltio';

const calls = 1_000;
const parallel = 50;
const serverId = `${extensionId.toLowerCase()}/Reltio local`;

/** VS Code's own MCP client, as an agent uses it. */
describe("Reltio's MCP server in VS Code", () => {
  let hosted: HostedMcp;
  let reltio: Reltio;
  before(async () => {
    await useAi(true);
    hosted = new HostedMcp();
    // A new token every three seconds, and until then the same one, as Reltio documents it.
    const policy = { accessTokenLifetime: 3, refreshReturns: 'samePairSameExpiry' } as const;
    reltio = await Reltio.start({ hosted, policy });
    const { url } = reltio.server;
    await useEnvironments([{ name: 'local', url, authUrl: url, mcp: true }]);
    await reltio.signIn();
  });
  after(async () => {
    await vscode.commands.executeCommand('reltioAuth.stopLocalProxy');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await reltio.stop();
    await useAi(undefined);
  });

  const run = async (command: string, ...answers: string[]): Promise<void> => {
    reltio.seam.prompt = scriptedPrompt(answers);
    await vscode.commands.executeCommand(`reltioAuth.${command}`);
  };
  const startServer = () => vscode.commands.executeCommand('workbench.mcp.startServer', serverId);
  const toolName = () => vscode.lm.tools.find(({ name }) => name.endsWith('_echo'))?.name;
  const call = async (text: string): Promise<string> => {
    const name = toolName();
    assert.ok(name !== undefined, 'VS Code knows the tool');
    const result = await vscode.lm.invokeTool(name, { input: { text }, toolInvocationToken: undefined });
    return result.content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '?')).join();
  };
  const works = async (text: string): Promise<boolean> => {
    const answer = await Promise.resolve(call(text)).catch(() => undefined);
    return answer === text;
  };
  const received = () => reltio.server.requests.all.filter(({ path }) => path.startsWith('/ai/tools/'));
  const tokensUsed = () => new Set(received().map(({ headers }) => headers.authorization)).size;
  const copiedConfiguration = async (): Promise<{ url: string; bearer: string }> => {
    await run('copyMcpConfiguration', 'Cursor', 'local');
    const text = await vscode.env.clipboard.readText();
    const { mcpServers } = JSON.parse(text) as {
      mcpServers: { 'reltio-local': { url: string; headers: { Authorization: string } } };
    };
    const { url, headers } = mcpServers['reltio-local'];
    return { url, bearer: headers.Authorization.replace('Bearer ', '') };
  };
  /** Everything that VS Code has written about the server. */
  const output = async (): Promise<string> => {
    await vscode.commands.executeCommand('workbench.mcp.showOutput', serverId);
    const documents = () => vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output');
    await until('the output to be shown', () => documents().some((one) => one.getText().includes('Starting server')));
    return documents()
      .map((one) => one.getText())
      .join('\n');
  };

  it('is not there before the user has agreed to the local proxy', async () => {
    await pause(1_000); // VS Code asks when it likes
    await startServer();
    assert.deepEqual([received(), toolName()], [[], undefined]);
  });

  it(`answers ${calls} tool calls over several tokens, and none fails`, async () => {
    await run('startLocalProxy', 'Start');
    await until('VS Code to list the tools', async () => {
      await startServer();
      return toolName() !== undefined;
    });
    const failures: unknown[] = [];
    let made = 0;
    while (made < calls || tokensUsed() < 3) {
      const numbers = Array.from({ length: parallel }, () => made++);
      await Promise.all(
        numbers.map(async (number) => {
          const answer = await Promise.resolve(call(`call ${number}`)).catch((error: unknown) => {
            failures.push(error);
          });
          if (answer !== `call ${number}`) failures.push(answer);
        }),
      );
    }
    assert.deepEqual(failures, []);
    assert.equal(hosted.calls.echo, made, 'none was executed twice');
    assert.equal(received().filter(({ method }) => method === 'GET').length, 1, 'one stream over all tokens');
  }).timeout(90_000);

  it('goes on after the key was replaced, without a question about OAuth', async () => {
    const before = await copiedConfiguration();
    await run('newLocalProxyKey', 'Replace');
    await pause(2_000); // VS Code ends its server half a second after the list has changed
    assert.ok(await works('with the new key'));
    const { url, bearer } = await copiedConfiguration();
    assert.equal(url, before.url);
    assert.notEqual(bearer, before.bearer);
    await assert.rejects(connectMcp(url, before.bearer), 'the old key opens nothing');
    const connection = await connectMcp(url, bearer);
    assert.equal(await echo(connection, 'another client'), 'another client');
    await connection.client.close();
  });

  it('says why a call fails while the user is signed out, and goes on after the next sign-in', async () => {
    await reltio.signOut();
    assert.equal(await works('signed out'), false);
    await until('VS Code to say why', async () => /503 status sending message to \S+: .*Sign In/.test(await output()));
    const { name, password } = reltio.server.users.plain;
    await reltio.answer(['127.0.0.1', 'Password', name, password]); // the client is known by now
    await until('the server to go on', () => works('signed in again'));
  });

  it('ends when the local proxy stops, and is no longer listed', async () => {
    const { bearer } = await copiedConfiguration();
    const text = await output();
    assert.doesNotMatch(text, /Registration|OAuth|auth metadata/i);
    for (const secret of [bearer, ...reltio.server.issuedTokens()]) assert.ok(!text.includes(secret));
    await run('stopLocalProxy');
    const before = received().length;
    assert.equal(await works('stopped'), false);
    await pause(1_000);
    await startServer();
    assert.equal(await works('stopped'), false);
    assert.equal(received().length, before, 'nothing reaches Reltio');
    await run('startLocalProxy', 'Start');
    await until('it to be there again', () => works('started again'));
  });
});

/** VS Code 1.103 has no such setting: there, they are on. */
async function useAi(isOn: true | undefined): Promise<void> {
  const chat = vscode.workspace.getConfiguration('chat');
  if (chat.inspect('disableAIFeatures')?.defaultValue !== undefined) {
    await chat.update('disableAIFeatures', isOn === undefined, vscode.ConfigurationTarget.Global);
  }
}
