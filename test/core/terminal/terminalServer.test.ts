import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ask } from '../../../src/core/terminal/client/ask';
import { saying } from '../../../src/core/terminal/client/clientSentences';
import type { Machine } from '../../../src/core/terminal/machine';
import { newTerminalKeys } from '../../../src/core/terminal/terminalKeys';
import {
  openTerminalServer,
  type TerminalServer,
  type TerminalServerOptions,
} from '../../../src/core/terminal/terminalServer';
import type { AnswerCall, TokenResult } from '../../../src/core/terminal/tokenCall';
import { variableNames } from '../../../src/core/terminal/variableNames';
import { FakeClock } from '../../fakes/fakeClock';
import { RawConnection } from '../../fakes/rawConnection';

const nobody = 65534;
const uid = process.getuid?.();
const keys = newTerminalKeys();
const says =
  (stdout: string): AnswerCall =>
  () =>
    Promise.resolve({ stdout, stderr: '', exit: 0 });

const english = saying(() => '');

describe('the terminal server', () => {
  let parent: string;
  let machine: Machine;
  let clock: FakeClock;
  let opened: TerminalServer[];

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'r-'));
    machine = { platform: process.platform, uid, parents: [parent] };
    clock = new FakeClock();
    opened = [];
  });

  afterEach(async () => {
    await Promise.all(opened.map((one) => one.close()));
    rmSync(parent, { recursive: true, force: true });
  });

  async function open(stdout: string, options: Partial<TerminalServerOptions> = {}): Promise<TerminalServer> {
    const server = await openTerminalServer({ keys, answer: says(stdout), machine, clock, ...options });
    opened.push(server);
    return server;
  }

  /** What `reltio-token` gets in a terminal that has this path. */
  function call(path: string, handle = keys.handle): Promise<TokenResult> {
    return ask([], { [variableNames.handle]: handle, [variableNames.socket]: path }, uid, english);
  }

  /** Lets time pass until this work, which also needs real connections, is done. */
  async function elapses<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const end = (): void => {
      isDone = true;
    };
    work.then(end, end);
    while (!isDone) {
      await clock.pass(50);
      await new Promise((resolve) => setImmediate(resolve));
    }
    return await work;
  }

  /** How many sockets this process has, those that listen included. */
  async function sockets(): Promise<number> {
    for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
    return process.getActiveResourcesInfo().filter((name) => name === 'PipeWrap').length;
  }

  const answered = async (path: string): Promise<string> => (await call(path)).stdout;

  it('answers at the same path after each start', async () => {
    const first = await open('one');
    const { path } = first;
    assert.equal(await answered(path), 'one');
    await first.close();
    assert.equal((await call(path)).exit, 6);
    assert.equal((await open('two')).path, path);
    assert.equal(await answered(path), 'two');
  });

  it('lets nobody in without the handle', async () => {
    const { path } = await open('one');
    const result = await call(path, newTerminalKeys().handle);
    assert.deepEqual([result.stdout, result.exit], ['', 6]);
  });

  it('answers fifty calls at a time', async () => {
    let waiting = 0;
    let everybodyIsHere: () => void = () => undefined;
    const all = new Promise<void>((resolve) => (everybodyIsHere = resolve));
    const { path } = await open('', {
      answer: async () => {
        waiting += 1;
        if (waiting === 50) everybodyIsHere();
        await all;
        return { stdout: 'one', stderr: '', exit: 0 };
      },
    });
    const results = await Promise.all(Array.from({ length: 50 }, () => answered(path)));
    assert.deepEqual(new Set(results), new Set(['one']));
  });

  it('has room for a hundred callers, and for new ones once they have left', async () => {
    const { path } = await open('one');
    const silent = await Promise.all(Array.from({ length: 100 }, () => RawConnection.openAt(path)));
    while (clock.waiting < 100) await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await call(path)).exit, 6);
    await clock.pass(5_000);
    await Promise.all(silent.map((one) => one.closed));
    assert.equal(await answered(path), 'one');
  });

  it('ends every call when it closes, and says so to what answers', async () => {
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const server = await open('', {
      answer: async (_call, signal) => {
        signal.addEventListener('abort', leave);
        isAsked();
        await left;
        return { stdout: 'secret', stderr: '', exit: 0 };
      },
    });
    const calling = call(server.path);
    await asked;
    await Promise.all([server.close(), server.close()]);
    const { stdout, exit } = await calling;
    assert.deepEqual([stdout, exit], ['', 6]);
    await server.check();
    assert.equal(server.path, '');
  });

  if (process.platform === 'win32') {
    it('uses another pipe while another window answers', async () => {
      await open('one');
      const opening = open('two');
      const second = await elapses(opening);
      assert.equal(await answered(second.path), 'two');
    });
    return;
  }

  it('has a socket that only this user can open', async () => {
    const { path } = await open('one');
    assert.equal(lstatSync(path).mode & 0o777, 0o600);
    assert.equal(lstatSync(dirname(path)).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(dirname(path)), [basename(path)]);
    assert.ok(Buffer.byteLength(path) <= 100);
  });

  it('leaves nothing behind but the folder, which other windows may be about to use', async () => {
    const server = await open('one');
    const folder = dirname(server.path);
    await server.close();
    assert.deepEqual(readdirSync(folder), []);
  });

  it('makes the folder again that another window removes at the same moment', async () => {
    let removals = 0;
    const removing = {
      ...keys,
      /** Read between the making of the folder and that of the socket. */
      get id() {
        const [folder] = readdirSync(parent);
        if (folder !== undefined && removals < 2) {
          removals += 1;
          rmdirSync(join(parent, folder));
        }
        return keys.id;
      },
    };
    const { path } = await open('one', { keys: removing });
    assert.equal(removals, 2);
    assert.equal(await answered(path), 'one');
  });

  it('replaces what a crashed window or anything else left at its path', async () => {
    const before = await open('one');
    const { path } = before;
    await before.close();
    const program = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
    spawnSync(process.execPath, ['-e', program, path]);
    assert.ok(existsSync(path), 'a socket without a listener is there');
    assert.equal((await open('two')).path, path);
    assert.equal(await answered(path), 'two');
    await Promise.all(opened.map((one) => one.close()));
    writeFileSync(path, 'no socket');
    assert.equal((await open('three')).path, path);
    assert.equal(await answered(path), 'three');
  });

  it('waits for the window that it follows, and takes its path as soon as that has closed', async () => {
    const before = await open('one');
    const { path } = before;
    const opening = open('two');
    while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(await answered(path), 'one');
    await before.close();
    assert.equal((await elapses(opening)).path, path);
    assert.equal(await answered(path), 'two');
  });

  it('uses another path if another window goes on answering, and does not disturb it', async () => {
    const first = await open('one');
    const second = await elapses(open('two'));
    assert.notEqual(second.path, first.path);
    assert.equal(dirname(second.path), dirname(first.path));
    assert.deepEqual([await answered(first.path), await answered(second.path)], ['one', 'two']);
    await second.close();
    assert.equal(await answered(first.path), 'one');
  });

  it('listens again at the same path if a cleaner has removed the file or the folder', async () => {
    const before = await sockets();
    const server = await open('one');
    const { path } = server;
    await server.check();
    for (const gone of [path, dirname(path)]) {
      rmSync(gone, { recursive: true });
      assert.equal((await call(path)).exit, 6);
      await Promise.all([server.check(), server.check()]);
      assert.equal(server.path, path);
      assert.equal(await answered(path), 'one');
    }
    await server.close();
    assert.equal(await sockets(), before, 'it no longer listens anywhere');
    assert.deepEqual(readdirSync(dirname(path)), []);
  });

  it('goes on answering calls that came before the file was removed', async () => {
    let answer: (result: TokenResult) => void = () => undefined;
    let isAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (isAsked = resolve));
    const server = await open('', {
      answer: () => {
        isAsked();
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const calling = call(server.path);
    await asked;
    unlinkSync(server.path);
    await server.check();
    answer({ stdout: 'late', stderr: '', exit: 0 });
    assert.equal((await calling).stdout, 'late');
  });

  it('leaves a path that another window has taken, and removes nothing of it', async () => {
    const first = await open('one');
    const { path } = first;
    unlinkSync(path);
    const second = await open('two');
    assert.equal(second.path, path);
    await elapses(first.check());
    assert.notEqual(first.path, path);
    assert.deepEqual([await answered(first.path), await answered(path)], ['one', 'two']);
    unlinkSync(first.path);
    await first.close();
    assert.equal(await answered(path), 'two');
  });

  it('removes nothing of another window when it closes before it has noticed it', async () => {
    const first = await open('one');
    unlinkSync(first.path);
    const second = await open('two');
    await first.close();
    assert.equal(await answered(second.path), 'two');
  });

  it('closes without waiting for another window', async () => {
    const first = await open('one');
    unlinkSync(first.path);
    await open('two');
    const checking = first.check();
    while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    const closing = first.close();
    await clock.pass(100);
    await Promise.all([checking, closing]);
    assert.equal(clock.steady(), 100);
  });

  it('cannot be opened where no folder is safe, and tries again at the next check', async () => {
    chmodSync(parent, 0o777);
    await assert.rejects(open('one'));
    chmodSync(parent, 0o700);
    const server = await open('one');
    rmSync(dirname(server.path), { recursive: true });
    chmodSync(parent, 0o777);
    await assert.rejects(server.check());
    chmodSync(parent, 0o700);
    await server.check();
    assert.equal(await answered(server.path), 'one');
  });

  if (uid === 0) {
    it('cannot be reached by another user of the machine', async () => {
      const { path } = await open('one');
      chmodSync(parent, 0o755);
      const program = `
        const { lstatSync, readdirSync } = require('node:fs');
        const tried = (work) => { try { work(); return 'done'; } catch (error) { return error.code; } };
        const seen = [tried(() => readdirSync(require('node:path').dirname(process.argv[1]))), tried(() => lstatSync(process.argv[1]))];
        require('node:net').connect(process.argv[1]).on('connect', function () { seen.push('connected'); this.destroy(); }).on('error', ({ code }) => seen.push(code))
          .on('close', () => console.log(seen.join(' ')));`;
      const as = async (user: number): Promise<string> => {
        const child = execFile(process.execPath, ['-e', program, path], { uid: user, gid: user, cwd: '/' });
        return (await text(child.stdout ?? assert.fail())).trim();
      };
      assert.equal(await as(nobody), 'EACCES EACCES EACCES');
      // Not even if the folder were open.
      chmodSync(dirname(path), 0o777);
      assert.equal(await as(nobody), 'done done EACCES');
      assert.equal(await as(0), 'done done connected');
    });

    it('does not use the folder of another user, who listens there', async () => {
      const folder = join(parent, 'reltio-auth-0');
      const first = await open('one');
      const { path } = first;
      await first.close();
      const squatter = createServer((socket) => socket.end('{"stdout":"other","stderr":"","exit":0}\n'));
      await new Promise<void>((resolve) => squatter.listen(path, resolve));
      chownSync(folder, nobody, nobody);
      const second = await open('two');
      assert.match(dirname(second.path), /reltio-auth-0-[\da-f]{12}$/);
      assert.equal(await answered(second.path), 'two');
      // A terminal that still has the old path takes nothing from there, unless its user is root.
      const stale = await ask(
        [],
        { [variableNames.handle]: keys.handle, [variableNames.socket]: path },
        1_000,
        english,
      );
      await new Promise((resolve) => squatter.close(resolve));
      assert.deepEqual([stale.stdout, stale.exit], ['', 6]);
    });
  }
});
