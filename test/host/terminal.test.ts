import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { TokenResult } from '../../src/core/terminal/tokenCall';
import { scriptedPrompt, type Asked } from '../fakes/scriptedPrompt';
import { Reltio, until } from './reltio';

describe('reltio-token in terminals', () => {
  let reltio: Reltio;
  let folder: string;
  let terminals: vscode.Terminal[];
  let runs: number;

  beforeEach(async () => {
    reltio = await Reltio.start();
    folder = await mkdtemp(join(tmpdir(), 'terminals-'));
    terminals = [];
    runs = 0;
  });
  afterEach(async () => {
    await change('Ask Again');
    terminals.forEach((terminal) => {
      terminal.dispose();
    });
    await setting(undefined);
    await reltio.stop();
    await rm(folder, { recursive: true });
  });

  const setting = async (value: boolean | undefined): Promise<void> => {
    const settings = vscode.workspace.getConfiguration('reltioAuth');
    await settings.update('terminal.command', value, vscode.ConfigurationTarget.Global);
  };
  /** Runs Change Token Access for terminals. */
  const change = async (...answers: readonly string[]): Promise<readonly Asked[]> => {
    const prompt = scriptedPrompt(['Terminals', ...answers]);
    reltio.seam.prompt = prompt;
    assert.equal(await vscode.commands.executeCommand('reltioAuth.tokenAccess'), undefined);
    return prompt.asked;
  };
  const open = (): vscode.Terminal => {
    const terminal = vscode.window.createTerminal({ shellPath: '/bin/sh' });
    terminals.push(terminal);
    return terminal;
  };
  /** Runs a line in the shell of a terminal. */
  const run = async (line: string, terminal: vscode.Terminal): Promise<TokenResult> => {
    const file = join(folder, String((runs += 1)));
    const read = (end: string): Promise<string> => readFile(file + end, 'utf8').catch(() => '');
    terminal.sendText(`${line} >${file}.out 2>${file}.err; echo $? >${file}.exit`);
    await until(`the end of ${line}`, async () => (await read('.exit')).endsWith('\n'), 30_000);
    return { stdout: await read('.out'), stderr: await read('.err'), exit: Number(await read('.exit')) };
  };
  /** A new terminal that has the command. */
  const equipped = async (): Promise<vscode.Terminal> => {
    let terminal = open();
    await until('the command in a new terminal', async () => {
      if ((await run('command -v reltio-token', terminal)).exit === 0) return true;
      terminal = open();
      return false;
    });
    return terminal;
  };

  it('prints a token that Reltio accepts after a yes, a fresh one after it has expired, and keeps none', async () => {
    reltio.server.policy.accessTokenLifetime = 3;
    await reltio.signIn();
    const terminal = await equipped();
    const prompt = scriptedPrompt(['Until the Window Closes']);
    reltio.seam.prompt = prompt;
    const line = `curl -s -o /dev/null -w '%{http_code}' -H "Authorization: Bearer $(reltio-token)" ${reltio.dataUrl}`;
    assert.deepEqual(await run(line, terminal), { stdout: '200', stderr: '', exit: 0 });
    assert.deepEqual(
      prompt.asked.map(({ question }) => question),
      ['Allow terminals of this workspace to get Reltio tokens?'],
    );
    const first = (await run('reltio-token', terminal)).stdout;
    await until('the next token', async () => (await run('reltio-token', terminal)).stdout !== first);
    assert.equal((await run(line, terminal)).stdout, '200');
    const { stdout } = await run('env', terminal);
    assert.match(stdout, /^RELTIO_AUTH_HANDLE=/m);
    assert.ok(!stdout.includes(first.trim()));
  });

  it('refuses what is not allowed, says which account is meant, and what to do', async () => {
    const terminal = await equipped();
    assert.equal((await change('Never')).at(-1)?.items.join(), 'Leave as It Is,Until the Window Closes,Always,Never');
    const denied = await run('reltio-token', terminal);
    assert.deepEqual([denied.stdout, denied.exit], ['', 5]);
    assert.match(denied.stderr, /^reltio-token: .*"Reltio: Change Token Access".*\n$/);
    await change('Always');
    assert.equal((await run('reltio-token --json', terminal)).exit, 3);
    await reltio.signIn();
    const {
      access_token: token,
      metadata,
      ...rest
    } = JSON.parse((await run('reltio-token --json --environment local', terminal)).stdout) as Record<string, unknown>;
    assert.ok(typeof token === 'string' && token !== '');
    assert.deepEqual(Object.keys(rest), ['expires_at']);
    assert.deepEqual(metadata, {
      account: `jane@acme.com (http://127.0.0.1:${reltio.server.port})`,
      identity_server: reltio.server.url,
      environment: 'local',
      tenant: 'AcmeDev01',
    });
    const unknown = await run('reltio-token --account nobody', terminal);
    assert.equal(unknown.exit, 7);
    assert.match(unknown.stderr, /jane@acme\.com \(http:\/\/127\.0\.0\.1:/);
    assert.equal((await run('reltio-token --min-ttl 999999', terminal)).exit, 8);
  });

  it('is gone from new terminals while the setting is off, and old ones get nothing', async () => {
    await reltio.signIn();
    await change('Always');
    const terminal = await equipped();
    await setting(false);
    await until('no command in a new terminal', async () => (await run('env | grep RELTIO_AUTH', open())).exit === 1);
    assert.equal((await run('reltio-token', terminal)).exit, 6);
    await setting(undefined);
    await until('the command is back', async () => (await run('reltio-token', terminal)).exit === 0);
  });

  it('is gone after Forget Everything; after the next sign-in it asks again, and terminals of before stay shut out', async () => {
    await reltio.signIn();
    await change('Always');
    const before = await equipped();
    const bin = (await run('dirname "$(command -v reltio-token)"', before)).stdout.trim();
    const socket = (await run('echo "$RELTIO_AUTH_SOCKET"', before)).stdout.trim();
    reltio.seam.prompt = scriptedPrompt(['Forget Everything']);
    await vscode.commands.executeCommand('reltioAuth.forgetEverything');
    for (const gone of [bin, socket]) {
      await assert.rejects(vscode.workspace.fs.stat(vscode.Uri.file(gone)) as Promise<unknown>, gone);
    }
    await reltio.signIn();
    const terminal = await equipped();
    const prompt = scriptedPrompt(['Until the Window Closes']);
    reltio.seam.prompt = prompt;
    assert.equal((await run('reltio-token', terminal)).exit, 0);
    assert.equal(prompt.asked.length, 1);
    assert.equal((await run('reltio-token', before)).exit, 6);
  });
});
