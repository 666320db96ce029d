import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../../src/core/terminal/exitCodes';
import { codeBlockAfter } from '../documents/codeBlocks';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { assertNothingLeaked } from './leaks';
import { reltioWindow } from './reltioWindow';
import { signInAsJane } from './signInByPassword';
import { Terminal, TERMINAL_SETTINGS } from './terminal';
import { trustWorkspace, UNTRUSTED } from './trust';
import { until } from './until';

/** A program that writes down which token it has. */
const APP = `const { execSync } = require('node:child_process');
const given = process.env.RELTIO_TOKEN;
const token = given ?? execSync('reltio-token', { encoding: 'utf8' }).trim();
require('node:fs').writeFileSync(__dirname + (given ? '/given.txt' : '/asked.txt'), token);
`;

/** A file of .vscode as docs/terminal.md shows it, for the Reltio of this test. */
function shownFile(name: string, url: string): string {
  return codeBlockAfter('docs/terminal.md', name)
    .replaceAll('https://dev.reltio.com/reltio/api/AcmeDev01/entities?max=1', `${url}/reltio/enhancedTenants`)
    .replaceAll('curl -sS', "curl -sS --noproxy '*' -o answer.json");
}

describe('reltio-token in a real terminal', function () {
  this.bail(true); // each test builds on those before it
  let server: IdentityServer;
  let window: Window;
  let terminal: Terminal;
  reltioWindow(
    {
      consumer: false,
      // a token that expires while the test looks
      policy: { accessTokenLifetime: 3, refreshReturns: 'rotatedPair', earlyRefreshReturns: 'newAccessToken' },
      files: ({ url }) => ({
        '.vscode/tasks.json': shownFile('tasks.json', url),
        '.vscode/launch.json': shownFile('launch.json', url),
        'app.js': APP,
      }),
      settings: () => ({
        ...TERMINAL_SETTINGS,
        ...UNTRUSTED,
        'terminal.integrated.allowInUntrustedWorkspace': true,
      }),
    },
    (opened) => ({ server, window } = opened),
  );
  after(() => {
    terminal.dispose();
  });

  const isValid = async (token: string): Promise<boolean> =>
    (await fetch(`${server.url}/reltio/enhancedTenants`, { headers: { authorization: `Bearer ${token}` } })).ok;
  const isStale = async (): Promise<boolean> => (await terminal.tabs()).at(-1)?.isStale === true;
  const refreshes = (): number => server.requests.tokenCalls('refresh_token').length;
  const changeAccess = async (answer: string): Promise<void> => {
    await window.runCommand('Reltio: Change Token Access');
    await window.pick('Terminals');
    await window.answerDialog(answer);
  };

  it('is not there in an untrusted workspace, nor is anything that leads to a token', async () => {
    await signInAsJane(window, server);
    terminal = await Terminal.open(window);
    assert.deepEqual((await terminal.run('env | grep RELTIO_AUTH')).stdout, '');
    assert.equal((await terminal.run('reltio-token')).exit, 127);
    await window.notificationAfter(
      () => window.runCommand('Reltio: Change Token Access'),
      /only in a trusted workspace|Trust/i,
    );
    await window.clickNotificationButton('Manage Workspace Trust');
    await trustWorkspace(window);
    // a terminal in which something was typed is not relaunched by itself
    await until('the mark of a terminal without the command', isStale);
    await window.runCommand('Terminal: Kill All Terminals');
    await until('no terminal', async () => (await terminal.tabs()).length === 0);
  });

  it('asks once for fifty calls at once, and gets one token for all', async () => {
    terminal.dispose();
    terminal = await Terminal.open(window);
    assert.equal(await isStale(), false);
    const before = refreshes();
    const ended = await terminal.start(
      'for i in $(seq 50); do { reltio-token 2>&1; echo "exit $?"; } & done | sort | uniq -c',
    );
    const { detail } = await window.untilDialog('Allow terminals of this workspace to get Reltio tokens?');
    assert.match(detail, /jane@acme\.com \(.*127\.0\.0\.1:\d+\)/);
    server.policy.accessTokenLifetime = 3_600;
    await window.answerDialog('Until the Window Closes');
    const { stdout } = await ended();
    const printed = stdout.trim().split(/ *\n */); // each line with its number, in any order
    assert.equal(printed.length, 2, stdout);
    assert.ok(printed.includes('50 exit 0'), stdout);
    const token = printed.find((line) => !line.includes('exit'))?.replace(/^50 /, '') ?? '';
    assert.ok(await isValid(token));
    assert.equal(refreshes() - before, 1);
    assert.equal(await window.dialog(), undefined);
  });

  it('gives a header to curl, and an object to a program, with nothing in the environment', async () => {
    const url = `${server.url}/reltio/enhancedTenants`;
    const curl = `curl -sS --noproxy '*' -o /dev/null -w '%{http_code}' -H "@-" '${url}'`;
    assert.deepEqual(await terminal.run(`reltio-token --header | ${curl}`), { stdout: '200', stderr: '', exit: 0 });
    const { stdout } = await terminal.run('reltio-token --environment local --json');
    const printed = JSON.parse(stdout) as Record<string, string>;
    assert.deepEqual(Object.keys(printed).sort(), ['access_token', 'expires_at', 'metadata']);
    assert.match(printed['expires_at'] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const environment = await terminal.run('env');
    for (const token of server.issuedTokens()) assert.ok(!environment.stdout.includes(token));
    assert.match(environment.stdout, /^RELTIO_AUTH_SOCKET=\//m);
  });

  it('prints another token in the next command of the same terminal when one has expired', async () => {
    server.policy.accessTokenLifetime = 2;
    await window.notificationAfter(() => window.runCommand('Reltio: Refresh Access Token'), /^New token until /);
    const { stdout: first } = await terminal.run('reltio-token');
    await until('its end', async () => !(await isValid(first.trim())));
    server.policy.accessTokenLifetime = 3_600;
    const { stdout: second, exit } = await terminal.run('reltio-token');
    assert.equal(exit, 0);
    assert.notEqual(second, first);
    assert.ok(await isValid(second.trim()));
  });

  it('says what is wrong, with an exit code for each', async () => {
    const cases: readonly [string, number, RegExp][] = [
      ['reltio-token --jsno', exitCodes.wrongUsage, /--jsno/],
      ['reltio-token --environment nowhere', exitCodes.noSuchAccount, /No environment has this name/],
      ['reltio-token --account joe@acme.com', exitCodes.noSuchAccount, /No account/],
      ['reltio-token --min-ttl 86400', exitCodes.notValidLongEnough, /valid for only \d+ more seconds?\./],
    ];
    for (const [line, code, sentence] of cases) {
      const { stdout, stderr, exit } = await terminal.run(line);
      assert.deepEqual([stdout, exit], ['', code], `${line}: ${stderr}`);
      assert.match(stderr, /^reltio-token: [^\n]+\n$/);
      assert.match(stderr, sentence);
    }
    await changeAccess('Never');
    const { stdout, stderr, exit } = await terminal.run('reltio-token');
    assert.deepEqual([stdout, exit], ['', exitCodes.denied]);
    assert.match(stderr, /Change Token Access/);
    assert.equal(await window.dialog(), undefined);
    await changeAccess('Always');
    assert.equal((await terminal.run('reltio-token')).exit, 0);
  });

  it('works in the same terminal after a reload, which marks no terminal for a relaunch', async () => {
    const variables = async (): Promise<string> =>
      (await terminal.run('env | grep -E "^(RELTIO_AUTH|PATH=)" | sort')).stdout;
    const before = await variables();
    await window.reloadByCommand();
    await window.untilStatusBar(/^Reltio 5\d min/);
    const { stdout, exit } = await until('a window that answers', async () => {
      const outcome = await terminal.run('reltio-token');
      return outcome.exit === exitCodes.noWindow ? undefined : outcome;
    });
    assert.equal(exit, 0);
    assert.ok(await isValid(stdout.trim()));
    assert.equal(await variables(), before);
    const fresh = await Terminal.open(window);
    assert.equal((await fresh.run('env | grep -E "^(RELTIO_AUTH|PATH=)" | sort')).stdout, before);
    // VS Code compares a second after the variables are set, as the new terminal has shown them to be
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    assert.deepEqual(
      (await terminal.tabs()).map((tab) => tab.isStale),
      [false, false],
    );
    fresh.dispose();
  });

  const written = (name: string): Promise<string> =>
    until(name, () => {
      const file = join(window.workspace, name);
      const content = existsSync(file) ? readFileSync(file, 'utf8') : '';
      return Promise.resolve(content !== '' && content); // a file is there before its content
    });

  it('works in a task, as the documentation shows it', async () => {
    await window.runCommand('Tasks: Run Task');
    await window.pick('List entities');
    assert.match(await written('answer.json'), /AcmeDev01/);
  });

  const debug = async (name: string): Promise<void> => {
    await window.runCommand('Debug: Select and Start Debugging');
    await window.pick(name);
  };

  for (const [name, file] of [
    ['app.js asks for a token', 'asked.txt'],
    ['app.js gets a token', 'given.txt'],
  ] as const) {
    it(`works in a debugged program: ${name}`, async () => {
      await debug(name);
      const token = await written(file);
      assert.ok(await isValid(token), `${file}: ${JSON.stringify(token)}`);
      rmSync(join(window.workspace, file)); // written by the program, not by the extension
    });
  }

  it('does not start a debugger without a token, and shows why', async () => {
    await changeAccess('Never');
    await debug('app.js asks for a token');
    const { message, detail } = await window.untilDialog(/terminated with exit code 5/);
    assert.match(message + detail, /Sign-in at Reltio/);
    await window.answerDialog('Abort');
    assert.equal(existsSync(join(window.workspace, 'asked.txt')), false);
  });

  it('leaves no token anywhere', async () => {
    await assertNothingLeaked(window, server);
  });
});
