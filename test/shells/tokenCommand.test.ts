import assert from 'node:assert/strict';
import { exitCodes } from '../../src/core/terminal/exitCodes';
import { installCommand, type InstalledCommand } from './installedCommand';
import { installedShells, runIn, type Ran } from './shells';

const TOKEN = 'a.Token-of_Jane~1+2/3==';

/** The folder of an unusual user. */
const FOLDER =
  process.platform === 'win32'
    ? "Jane & Jörg's (files) %PATH% ^ ! $HOME"
    : 'Jane & Jörg\'s  (files) %PATH% $HOME `id` "x" \\ ; ! *';

const WORDS = [
  'two words',
  "Jörg's",
  '',
  '$HOME',
  '`id`',
  '%PATH%',
  '!',
  '*',
  'a&b|c>d',
  '"',
  '\\',
  '日本',
  '^',
  '-',
  '\n',
];

describe('reltio-token in the shells of this machine', function () {
  this.timeout(60_000);
  let command: InstalledCommand;
  let calls: (readonly string[])[] = [];
  /** The exit code of every call. */
  let exit = 0;
  before(async () => {
    command = await installCommand(FOLDER, ({ arguments: args }) => {
      calls.push(args);
      const header = args[0] === '--header' ? 'Authorization: Bearer ' : '';
      return Promise.resolve(
        exit === 0
          ? { stdout: `${header}${TOKEN}\n`, stderr: '', exit }
          : { stdout: '', stderr: 'reltio-token: Not now.\n', exit },
      );
    });
  });
  beforeEach(() => {
    [calls, exit] = [[], 0];
  });
  after(() => command.close());

  for (const shell of installedShells()) {
    const run = (script: string, env = command.env): Promise<Ran> => runIn(shell, script, env);

    it(`${shell.name}: prints the token and nothing else, in a command, in a pipe`, async () => {
      assert.deepEqual(await run('reltio-token'), { stdout: `${TOKEN}\n`, stderr: '', exit: 0 });
      assert.deepEqual(calls, [[]]);
      assert.equal((await run(shell.bearer)).stdout, `Bearer ${TOKEN}\n`);
      assert.equal((await run(shell.bearerIfAny)).stdout, `Bearer ${TOKEN}\n`);
      assert.equal((await run(`reltio-token --header | ${shell.cat}`)).stdout, `Authorization: Bearer ${TOKEN}\n`);
    });

    it(`${shell.name}: passes every argument on as it was written`, async () => {
      const words = WORDS.filter((word) => shell.cannotPass?.test(word) !== true);
      await run(['reltio-token', ...words.map((word) => shell.quote(word))].join(' '));
      assert.deepEqual(calls, [words]);
    });

    it(`${shell.name}: has the exit code, and a sentence on standard error`, async () => {
      for (const code of [exitCodes.internalError, exitCodes.notValidLongEnough]) {
        exit = code;
        const ran = await run(`reltio-token${shell.exit}`);
        assert.deepEqual([ran.stdout, ran.exit], ['', code]);
        assert.match(ran.stderr, /reltio-token: Not now\.\r?\n/);
      }
      assert.equal((await run(shell.bearerIfAny)).stdout, '');
    });

    it(`${shell.name}: says so where no window answers`, async () => {
      const { stdout, stderr, exit: code } = await run(`reltio-token${shell.exit}`, command.outside);
      assert.deepEqual([stdout, code], ['', exitCodes.noWindow]);
      assert.match(stderr, /offers no Reltio tokens in this terminal/);
    });
  }
});
