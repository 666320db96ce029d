import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { bundled } from '../../../processes/bundled';
import { sentencesFile } from '../../../../src/core/terminal/client/clientSentences';
import { newTerminalKeys } from '../../../../src/core/terminal/terminalKeys';
import { openTerminalServer, type TerminalServer } from '../../../../src/core/terminal/terminalServer';
import type { TokenResult } from '../../../../src/core/terminal/tokenCall';

describe('the program reltio-token', () => {
  const keys = newTerminalKeys();
  let program: string;
  let parent: string;
  let server: TerminalServer;
  let result: TokenResult;
  let passed: readonly string[];

  before(async () => {
    program = bundled('../../src/core/terminal/client/reltioToken.ts');
    parent = mkdtempSync(join(tmpdir(), 'r-'));
    server = await openTerminalServer({
      keys,
      answer: (call) => {
        passed = call.arguments;
        return Promise.resolve(result);
      },
      machine: { platform: process.platform, uid: process.getuid?.(), parents: [parent] },
    });
  });

  after(async () => {
    await server.close();
    rmSync(parent, { recursive: true, force: true });
  });

  function run(args: readonly string[], environment = variables()): Promise<TokenResult> {
    return new Promise((resolve) => {
      execFile(process.execPath, [program, ...args], { env: environment }, (error, stdout, stderr) => {
        resolve({ stdout, stderr, exit: error === null ? 0 : Number(error.code) });
      });
    });
  }

  const variables = (): NodeJS.ProcessEnv => ({ RELTIO_AUTH_HANDLE: keys.handle, RELTIO_AUTH_SOCKET: server.path });

  it('prints what it is told to, and exits so', async () => {
    const args = ['--account', 'Jürgen $HOME', '', '--json'];
    result = { stdout: `${'x'.repeat(300_000)}\n`, stderr: 'ä\n', exit: 8 };
    assert.deepEqual(await run(args), result);
    assert.deepEqual(passed, args);
  });

  it('says it in the language that was written beside it', async () => {
    const file = join(dirname(program), sentencesFile);
    writeFileSync(file, JSON.stringify({ notOffered: 'Dieses Terminal gibt keine Token.' }));
    const { stderr } = await run([], {});
    rmSync(file);
    assert.equal(stderr, 'reltio-token: Dieses Terminal gibt keine Token.\n');
  });

  it('says what it needs where there is no window', async () => {
    const { stdout, stderr, exit } = await run([], {});
    assert.deepEqual([stdout, exit], ['', 6]);
    assert.match(stderr, /^reltio-token: .*\n$/);
  });

  if (process.platform !== 'win32') {
    if (existsSync('/dev/full')) {
      it('fails if what it prints cannot be written', async () => {
        result = { stdout: 'token\n', stderr: '', exit: 0 };
        const shell = `"${process.execPath}" "${program}" > /dev/full`;
        const failed = await new Promise((resolve) => {
          execFile('/bin/sh', ['-c', shell], { env: variables() }, (error, _out, errors) => {
            resolve([error?.code, errors]);
          });
        });
        assert.deepEqual(failed, [1, 'reltio-token: What was asked for could not be written (ENOSPC).\n']);
      });
    }

    it('is quiet if nobody reads what it prints', async () => {
      result = { stdout: `${'x'.repeat(300_000)}\n`, stderr: '', exit: 0 };
      const shell = `"${process.execPath}" "${program}" | head -c 1`;
      const [stdout, stderr] = await new Promise<[string, string]>((resolve) => {
        execFile(
          '/bin/sh',
          ['-c', shell],
          { env: { ...variables(), PATH: '/usr/bin:/bin' } },
          (_error, out, errors) => {
            resolve([out, errors]);
          },
        );
      });
      assert.deepEqual([stdout, stderr], ['x', '']);
    });
  }
});
