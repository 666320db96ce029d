import { personalSettings, remote, workspaceTrust } from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { ask } from '../../../../src/core/terminal/client/ask';
import { saying } from '../../../../src/core/terminal/client/clientSentences';
import type { Machine } from '../../../../src/core/terminal/machine';
import type { TokenResult } from '../../../../src/core/terminal/tokenCall';
import type { Host } from '../../../../src/editor/host';
import { tokenAccess } from '../../../../src/features/handoff/access/tokenAccess';
import { TerminalCommand } from '../../../../src/features/handoff/terminal/terminalCommand';
import { tokenDesk } from '../../../../src/features/handoff/terminal/tokenDesk';
import { settle } from '../../../fakes/fakeClock';
import { fakeHost } from '../../../fakes/fakeHost';
import { FakeMemory } from '../../../fakes/fakeMemory';
import { FakeTerminalVariables } from '../../../fakes/fakeTerminalVariables';
import { pair } from '../../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../../fakes/installation';
import { jane, sampleTokens } from '../../../fakes/sampleSession';
import { type Answer, scriptedPrompt } from '../../../fakes/scriptedPrompt';

/** A window with its real socket and files. Only VS Code itself, time and Reltio are fakes. */
describe('reltio-token in the terminals of a window', () => {
  let root: string;
  let machine: Machine;
  let installation: Installation;
  let core: TestCore;
  let memory: FakeMemory;
  let variables: FakeTerminalVariables;
  let prompt: ReturnType<typeof scriptedPrompt>;
  let host: Host;
  let command: TerminalCommand;
  let opened: TerminalCommand[];
  let forgottenAt: number | undefined;

  const openWindow = (answers: readonly Answer[] = ['Always'], changes: Partial<Host> = {}): void => {
    prompt = scriptedPrompt(answers);
    variables = new FakeTerminalVariables();
    const storage = join(root, 'storage');
    host = fakeHost(core, {
      workspaceState: memory,
      terminalVariables: variables.asCollection(),
      folders: {
        root: storage,
        locks: join(storage, 'locks'),
        calls: join(storage, 'calls'),
        journal: join(storage, 'journal'),
      },
      extension: { extensionPath: join(root, 'extension') } as Host['extension'],
      loadPrompt: () => Promise.resolve(prompt),
      ...changes,
    });
    const real = { ...core.real, forgottenAt: () => forgottenAt };
    command = new TerminalCommand(real, host, tokenAccess(real, host), machine);
    opened.push(command);
  };
  /** Runs the command as a terminal does that has these variables. */
  const run = (args: readonly string[] = [], environment = variables.values): Promise<TokenResult> =>
    ask(
      args,
      environment,
      process.getuid?.(),
      saying(() => ''),
    );
  const socket = (): string => variables.values['RELTIO_AUTH_SOCKET'] ?? '';

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'terminal-'));
    await mkdir(join(root, 'extension', 'dist'), { recursive: true });
    await writeFile(join(root, 'extension', 'dist', 'reltio-token.js'), '// the client');
    await mkdir(join(root, 'storage'));
    machine = { platform: process.platform, uid: process.getuid?.(), parents: [root] };
    workspaceTrust.isTrusted = true;
    installation = new Installation().alone();
    core = installation.openCore();
    memory = new FakeMemory();
    opened = [];
    forgottenAt = undefined;
    openWindow();
    await core.holds({ tokens: sampleTokens({ accessToken: 'janes-token' }) });
  });
  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
    await rm(root, { recursive: true, force: true });
    personalSettings.clear();
    delete remote.name;
    workspaceTrust.isTrusted = true;
  });

  it('prints a token after one question, and the terminal has none in its environment', async () => {
    await command.update();
    assert.deepEqual(Object.keys(variables.values), ['PATH', 'RELTIO_AUTH_HANDLE', 'RELTIO_AUTH_SOCKET']);
    assert.equal(variables.values['PATH'], join(root, 'storage', 'bin') + delimiter);
    assert.ok(!JSON.stringify([...memory.values, variables.values]).includes('janes-token'));
    assert.deepEqual(await run(), { stdout: 'janes-token\n', stderr: '', exit: 0 });
    assert.deepEqual((await run(['--header'])).stdout, 'Authorization: Bearer janes-token\n');
    assert.equal(prompt.asked.length, 1);
    assert.ok(!installation.log.text.includes('janes-token'));
  });

  it('asks Reltio and the user once for 50 calls, whose token has expired', async () => {
    await core.alter('jane', { tokens: sampleTokens({ accessTokenExpiresAt: installation.clock.now() }) });
    await installation.clock.pass(5_000);
    installation.http.always = pair('new-token', 'r1');
    await command.update();
    const results = await Promise.all(Array.from({ length: 50 }, () => run()));
    assert.deepEqual(new Set(results.map(({ stdout, exit }) => `${exit} ${stdout}`)), new Set(['0 new-token\n']));
    assert.deepEqual([prompt.asked.length, installation.http.requests.length], [1, 1]);
  });

  it('prints what is known of the token as JSON', async () => {
    const tenant = 'acmeTenant';
    personalSettings.set('reltioAuth.environments', [{ name: 'dev', url: 'https://dev.reltio.com', tenant }]);
    await command.update();
    assert.deepEqual(JSON.parse((await run(['--json'])).stdout), {
      access_token: 'janes-token',
      expires_at: '2026-10-05T09:00:00Z',
      metadata: {
        account: 'jane@acme.com (auth.reltio.com)',
        identity_server: 'https://auth.reltio.com',
        environment: 'dev',
        tenant,
      },
    });
  });

  it('keeps handle and socket over reloads, and tells VS Code of no change', async () => {
    await command.update();
    const before = variables.values;
    const changes = [...variables.changes];
    await command.update();
    assert.equal(variables.changes.length, changes.length);
    assert.equal((await run()).exit, 0);
    await command.close();
    assert.deepEqual((await run([], before)).exit, 6);
    openWindow([]);
    await command.update();
    assert.deepEqual(variables.values, before);
    assert.equal((await run([], before)).exit, 0, 'in a terminal of before');
  });

  it('leads to this VS Code again if another one, which is gone, has written it last', async () => {
    await command.update();
    const script = join(root, 'storage', 'bin', 'reltio-token');
    const text = await readFile(script, 'utf8');
    await writeFile(script, text.replaceAll(process.execPath, '/server/of/last/month/node'));
    await command.update();
    assert.equal(await readFile(script, 'utf8'), text);
  });

  it('is back if a cleaner of old files has removed the socket, or another window the command', async () => {
    await command.update();
    await unlink(socket());
    await rm(join(root, 'storage', 'bin'), { recursive: true });
    const { values } = variables;
    await command.update();
    assert.deepEqual(variables.values, values);
    assert.equal((await run()).exit, 0);
    assert.ok((await readdir(join(root, 'storage', 'bin'))).includes('reltio-token'));
  });

  describe('is missing', () => {
    const isMissing = async (): Promise<void> => {
      await command.update();
      assert.deepEqual(variables.values, {});
      assert.deepEqual(memory.keys(), []);
      assert.deepEqual(await readdir(join(root, 'storage')), []);
    };

    it('in an untrusted workspace, until it is trusted', async () => {
      workspaceTrust.isTrusted = false;
      await isMissing();
      workspaceTrust.isTrusted = true;
      await command.update();
      assert.equal((await run()).exit, 0);
    });

    it('in an untrusted workspace that was opened from a terminal of a trusted one', async () => {
      await command.update();
      const { values } = variables;
      workspaceTrust.isTrusted = false;
      memory = new FakeMemory();
      openWindow([], { env: values });
      await command.update();
      assert.deepEqual(prompt.asked, []);
      assert.equal((await run([], { ...values, ...variables.values })).exit, 6);
    });

    it('while the setting is off, at once', async () => {
      personalSettings.set('reltioAuth.terminal.command', false);
      await isMissing();
      personalSettings.clear();
      await command.update();
      const { values } = variables;
      personalSettings.set('reltioAuth.terminal.command', false);
      await command.update();
      assert.deepEqual(variables.values, {});
      assert.ok(!existsSync(values['RELTIO_AUTH_SOCKET'] ?? ''));
      assert.equal((await run([], values)).exit, 6);
    });

    it('where the terminals run on another machine, unless the extension runs there too', async () => {
      remote.name = 'ssh-remote';
      await isMissing();
      openWindow(['Always'], { side: 'workspace' });
      await command.update();
      assert.equal((await run()).exit, 0);
    });

    it('where there is no file system', async () => {
      openWindow([], { folders: undefined });
      await isMissing();
    });

    it('and what a server of VS Code has kept of it is taken away', async () => {
      variables.replace('RELTIO_AUTH_HANDLE', 'old');
      workspaceTrust.isTrusted = false;
      await isMissing();
    });

    it('if no folder is safe for a socket, and the log says why', async () => {
      machine = { ...machine, parents: [join(root, 'missing')] };
      openWindow();
      await command.update();
      assert.deepEqual(variables.values, {});
      assert.deepEqual(installation.log.lines.at(-1)?.fields, { nodeCode: 'ENOENT' });
    });

    it('if it cannot be written; the next attempt may succeed', async () => {
      await rm(join(root, 'extension'), { recursive: true });
      await command.update();
      assert.deepEqual(variables.values, {});
      assert.deepEqual(installation.log.lines.at(-1), {
        level: 'warn',
        event: 'terminals: command not available',
        fields: { nodeCode: 'ENOENT' },
      });
      await mkdir(join(root, 'extension', 'dist'), { recursive: true });
      await writeFile(join(root, 'extension', 'dist', 'reltio-token.js'), '// the client');
      await command.update();
      assert.equal((await run()).exit, 0);
    });

    it('in a window that closes, with its socket', async () => {
      await command.update();
      const path = socket();
      await command.close();
      await command.update();
      assert.ok(!existsSync(path));
    });
  });

  describe('is not kept by a local VS Code, which remembers what its terminals have', () => {
    it('but by a server of VS Code, which would mark them for a relaunch otherwise', async () => {
      await command.update();
      assert.equal(variables.persistent, false);
      await command.close();
      remote.name = 'ssh-remote';
      openWindow([], { side: 'workspace' });
      variables.persistent = false;
      await command.update();
      assert.ok(variables.persistent);
    });
  });

  describe('after everything was forgotten', () => {
    const files = async () => [...(await readdir(join(root, 'storage'))), ...memory.keys()];

    it('leaves nothing behind, and refuses terminals of before', async () => {
      await command.update();
      const { values } = variables;
      assert.equal((await run()).exit, 0);
      await command.forget();
      assert.deepEqual(variables.values, {});
      assert.equal(memory.get('terminalKeys'), undefined);
      assert.deepEqual(await readdir(join(root, 'storage')), []);
      assert.ok(!existsSync(dirname(values['RELTIO_AUTH_SOCKET'] ?? '')));
      await command.update();
      assert.deepEqual(variables.values, {});
      assert.equal((await run([], values)).exit, 6);
    });

    it('is back with another handle once somebody signs in, and asks again', async () => {
      openWindow(['Always', 'Not Now']);
      await command.update();
      const before = variables.values;
      assert.equal((await run()).exit, 0);
      await command.forget();
      memory.values.clear();
      await command.update();
      assert.deepEqual(variables.values, {}, 'the session is still there, but of before');
      await installation.clock.pass(1);
      await core.alter('jane', { signedInAt: installation.clock.now() });
      await host.accountInUse.choose(jane);
      await command.update();
      assert.notEqual(variables.values['RELTIO_AUTH_HANDLE'], before['RELTIO_AUTH_HANDLE']);
      assert.notEqual(socket(), before['RELTIO_AUTH_SOCKET']);
      assert.equal((await run()).exit, 5);
    });

    it('stays once somebody has signed in, also when they sign out', async () => {
      await command.update();
      await command.forget();
      await installation.clock.pass(1);
      await core.alter('jane', { signedInAt: installation.clock.now() });
      await command.update();
      await core.real.sessions.signOut('jane', 'here');
      await command.update();
      assert.ok('RELTIO_AUTH_HANDLE' in variables.values);
      assert.equal((await run()).exit, 3);
    });

    it('in another window, has another handle too', async () => {
      await command.update();
      const { values } = variables;
      await installation.clock.pass(1);
      forgottenAt = installation.clock.now();
      await command.update();
      assert.deepEqual([variables.values, memory.keys()], [{}, []]);
      assert.ok((await files()).includes('bin'), 'that window removes the files');
      assert.equal((await run([], values)).exit, 6);
    });
  });

  describe('refuses', () => {
    it('what the user does not allow, and says how to change that', async () => {
      openWindow(['Never']);
      await command.update();
      const { stdout, stderr, exit } = await run();
      assert.deepEqual([stdout, exit], ['', 5]);
      assert.match(stderr, /^reltio-token: You have not allowed this in VS Code.* "Reltio: Change Token Access"/);
      assert.equal((await run()).exit, 5);
      assert.equal(prompt.asked.length, 1);
      assert.deepEqual(installation.log.lines.at(-1)?.fields, { code: 'tokenAccessDenied' });
    });

    it('who is refused, before looking anything up: neither accounts nor environments are named', async () => {
      memory.values.set('tokenAccess.terminals', 'never');
      await command.update();
      assert.equal((await run(['--account', 'nobody'])).exit, 5);
      memory.values.clear();
      openWindow([]);
      await command.update();
      const { stderr, exit } = await run(['--account', 'nobody']);
      assert.match(stderr, /^reltio-token: No account with this name is signed in\./);
      assert.deepEqual([stderr.includes('jane'), exit], [false, 7]);
      memory.values.set('tokenAccess.terminals', 'always');
      assert.match((await run(['--account', 'nobody'])).stderr, /: jane@acme\.com \(auth\.reltio\.com\)\.\n$/);
      assert.equal(prompt.asked.length, 0);
    });

    it('a call whose workspace is not trusted any more', async () => {
      await command.update();
      workspaceTrust.isTrusted = false;
      const { stderr, exit } = await run();
      assert.deepEqual(
        [stderr, exit],
        ['reltio-token: This workspace is not trusted, so it gets no tokens. Trust it in VS Code first.\n', 5],
      );
    });

    it('with the exit code and the sentence of the failure', async () => {
      await command.update();
      await run();
      await installation.clock.pass(3_600_000);
      assert.deepEqual((await run()).exit, 4);
      await core.alter('jane', { state: 'signInAgain' });
      await core.store.change(() => []);
      assert.deepEqual(await run(), {
        stdout: '',
        stderr: 'reltio-token: Nobody is signed in to Reltio. Run "Reltio: Sign In" in VS Code.\n',
        exit: 3,
      });
    });
  });

  it('prints the token of the account that the user was asked about, whatever they switch to meanwhile', async () => {
    const omar = { ...jane, user: 'omar@acme.com' };
    await host.accountInUse.choose(jane);
    await core.holds({ id: 'omar', account: omar, tokens: sampleTokens({ accessToken: 'omars-token' }) });
    openWindow([
      async () => {
        await host.accountInUse.choose(omar);
        return 'Always';
      },
    ]);
    await command.update();
    assert.deepEqual(await run(), { stdout: 'janes-token\n', stderr: '', exit: 0 });
    assert.equal((await run()).stdout, 'omars-token\n');
  });

  it('asks once more for production if the environment became that while the question was open', async () => {
    const setEnvironments = async (production: boolean): Promise<void> => {
      const environments = [
        { name: 'dev', url: 'https://dev.reltio.com', production },
        { name: 'test', url: 'https://test.reltio.com' },
      ];
      const settings = vscode.workspace.getConfiguration('reltioAuth');
      await settings.update('environments', environments, vscode.ConfigurationTarget.Global);
    };
    for (const args of [[], ['--environment', 'dev']]) {
      await setEnvironments(false);
      memory = new FakeMemory();
      const becomesProduction = async (): Promise<string> => {
        await setEnvironments(true);
        return 'Always';
      };
      openWindow([becomesProduction, 'Not Now']);
      const [dev, test] = (await host.settings.read()).environments;
      await host.environmentInUse.choose((args.length === 0 ? dev : test) ?? assert.fail());
      await command.update();
      assert.equal((await run(args)).exit, 5);
      assert.match(prompt.asked[1]?.question ?? '', /for production\?$/);
      await command.close();
    }
  });

  it('asks once more for production that is named while another environment is in use', async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://dev.reltio.com' },
      { name: 'live', url: 'https://live.reltio.com', production: true },
    ]);
    openWindow(['Always', 'Not Now']);
    const [dev] = (await host.settings.read()).environments;
    await host.environmentInUse.choose(dev ?? assert.fail());
    await command.update();
    assert.equal((await run()).exit, 0);
    assert.equal((await run(['--environment', 'live'])).exit, 5);
    assert.equal((await run(['--environment', 'dev'])).exit, 0);
    assert.equal(prompt.asked.length, 2);
  });

  it('sends no request for a caller who has left while the question was open', async () => {
    await core.alter('jane', { tokens: sampleTokens({ accessTokenExpiresAt: installation.clock.now() }) });
    await installation.clock.pass(5_000);
    const left = new AbortController();
    openWindow([
      () => {
        left.abort();
        return Promise.resolve('Always');
      },
    ]);
    const desk = tokenDesk(tokenAccess(core.real, host), installation.log);
    await assert.rejects(desk.token({ form: 'token', minTtl: 0 }, left.signal), { name: 'AbortError' });
    assert.deepEqual([prompt.asked.length, installation.http.requests.length], [1, 0]);
  });

  it('asks once more for production, also if another environment is named', async () => {
    personalSettings.set('reltioAuth.environments', [
      { name: 'dev', url: 'https://dev.reltio.com' },
      { name: 'live', url: 'https://live.reltio.com', production: true },
    ]);
    openWindow(['Always', 'Not Now', 'Until the Window Closes']);
    memory.values.set('tokenAccess.terminals', 'always');
    openWindow(['Not Now', 'Until the Window Closes']);
    await command.update();
    assert.equal(
      (await run(['--environment', 'dev'])).exit,
      5,
      'no environment is in use, so the token may be for any',
    );
    await installation.clock.pass(60_000);
    assert.equal((await run(['--environment', 'live'])).exit, 0);
    assert.match(prompt.asked[1]?.question ?? '', /for production\?$/);
    assert.match(prompt.asked[1]?.modal ?? '', /gives access to live \(live\.reltio\.com, production\)/);
    await settle();
  });
});
