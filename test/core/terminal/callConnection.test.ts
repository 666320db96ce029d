import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveConnection } from '../../../src/core/terminal/callConnection';
import { callLine, maxCallBytes, parseResult } from '../../../src/core/terminal/protocol';
import { newTerminalKeys } from '../../../src/core/terminal/terminalKeys';
import type { AnswerCall, TokenCall } from '../../../src/core/terminal/tokenCall';
import { FakeClock } from '../../fakes/fakeClock';
import { RawConnection } from '../../fakes/rawConnection';

const { handle } = newTerminalKeys();

describe('a connection of reltio-token', () => {
  let folder: string;
  let path: string;
  let server: Server;
  let clock: FakeClock;
  let answer: AnswerCall;
  let calls: TokenCall[];
  let served: Promise<void>[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'r-'));
    path = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.slice(-8)}` : join(folder, 's');
    clock = new FakeClock();
    [calls, served] = [[], []];
    answer = (call) => {
      calls.push(call);
      return Promise.resolve({ stdout: 'secret-1\n', stderr: '', exit: 0 });
    };
    server = createServer((socket) => {
      served.push(serveConnection(socket, { handle, clock, answer: (call, signal) => answer(call, signal) }));
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
  });

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    await Promise.all(served);
    assert.equal(clock.waiting, 0, 'no timer is left');
    rmSync(folder, { recursive: true, force: true });
  });

  /** What comes back until the connection ends. */
  async function sent(text: string): Promise<string> {
    const connection = (await RawConnection.openAt(path)).send(text);
    await connection.closed;
    return connection.received;
  }

  /** Answers a call only when its caller has left. */
  function answerWhenLeft(): { asked: Promise<void>; left: Promise<void> } {
    let leave: () => void = () => undefined;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const asked = new Promise<void>((ask) => {
      answer = async (_call, signal) => {
        signal.addEventListener('abort', leave);
        ask();
        await left;
        return { stdout: 'secret-1\n', stderr: '', exit: 0 };
      };
    });
    return { asked, left };
  }

  it('gets one result, and ends', async () => {
    const received = await sent(callLine(handle, ['--json']));
    assert.deepEqual(parseResult(received), { stdout: 'secret-1\n', stderr: '', exit: 0 });
    assert.deepEqual(calls, [{ arguments: ['--json'] }]);
  });

  it('gets nothing for a wrong handle, and nobody is asked', async () => {
    for (const wrong of [
      '',
      'x',
      handle.slice(1),
      `${handle}x`,
      handle.toLowerCase(),
      ` ${handle}`,
      newTerminalKeys().handle,
    ]) {
      assert.equal(await sent(callLine(wrong, [])), '');
    }
    assert.deepEqual(calls, []);
  });

  it('gets nothing for anything that is not a call', async () => {
    for (const text of [
      '\n',
      '\0\n',
      'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
      `${handle}\n`,
      '{}\n',
      '[]\n',
      'null\n',
      `${'['.repeat(16_000)}\n`,
      `{"version":1,"handle":{"toString":1},"arguments":[]}\n`,
      `{"version":1,"handle":"${handle}"}\n`,
      `{"version":1,"handle":"${handle}","arguments":"--json"}\n`,
      `{"version":null,"handle":"${handle}","arguments":[]}\n`,
      '\xff\xfe{"\n',
      callLine(handle, []).replace('{', '\uFEFF\uFEFF{'),
    ]) {
      assert.equal(await sent(text), '', JSON.stringify(text.slice(0, 40)));
    }
    assert.deepEqual(calls, []);
  });

  it('may send its call in pieces', async () => {
    const line = callLine(handle, ['--account', 'jane']);
    const connection = await RawConnection.openAt(path);
    for (const half of [line.slice(0, 20), line.slice(20, -1)]) {
      await connection.sendAll(half);
    }
    assert.deepEqual(calls, []);
    await connection.sendAll('\n');
    await connection.closed;
    assert.equal(parseResult(connection.received)?.exit, 0);
    assert.equal(calls.length, 1);
  });

  it('may send as much as a call may have, and not a byte more', async () => {
    const room = maxCallBytes - callLine(handle, ['']).length;
    assert.equal(parseResult(await sent(callLine(handle, ['x'.repeat(room)])))?.exit, 0);
    assert.equal(await sent(callLine(handle, ['x'.repeat(room + 1)])), '');
    assert.equal(await sent('x'.repeat(1_000_000)), '');
    assert.equal(calls.length, 1);
  });

  it('is ended if it goes on sending while its call is answered', async () => {
    const { asked, left } = answerWhenLeft();
    const connection = (await RawConnection.openAt(path)).send(callLine(handle, []));
    await asked;
    connection.send('x'.repeat(maxCallBytes));
    await Promise.all([left, connection.closed]);
    assert.equal(connection.received, '');
  });

  it('is ended if its call has not arrived within five seconds', async () => {
    const silent = await RawConnection.openAt(path);
    const slow = (await RawConnection.openAt(path)).send(callLine(handle, []).trim());
    while (clock.waiting < 2) await new Promise((resolve) => setImmediate(resolve));
    await clock.pass(4_999);
    await slow.sendAll(' ');
    await clock.pass(1);
    await Promise.all([silent.closed, slow.closed]);
    assert.equal(silent.received + slow.received, '');
    assert.deepEqual(calls, []);
  });

  it('may wait for its answer as long as the user thinks', async () => {
    let say: (stdout: string) => void = () => undefined;
    const asked = new Promise<void>((resolve) => {
      answer = async () => {
        const stdout = new Promise<string>((done) => (say = done));
        resolve();
        return { stdout: await stdout, stderr: '', exit: 0 };
      };
    });
    const connection = (await RawConnection.openAt(path)).send(callLine(handle, []));
    await asked;
    await clock.pass(120_000);
    say('late\n');
    await connection.closed;
    assert.equal(parseResult(connection.received)?.stdout, 'late\n');
  });

  it('says that its caller has left, whichever way', async () => {
    for (const leave of ['finish', 'destroy'] as const) {
      const { asked, left } = answerWhenLeft();
      const connection = (await RawConnection.openAt(path)).send(callLine(handle, []));
      await asked;
      connection[leave]();
      await Promise.all([left, connection.closed]);
      assert.equal(connection.received, '');
    }
  });

  it('gets a sentence, and nothing of the error, if answering fails', async () => {
    answer = () => Promise.reject(new Error('secret-2'));
    const result = parseResult(await sent(callLine(handle, [])));
    assert.deepEqual(result, {
      stdout: '',
      stderr: 'reltio-token: VS Code reported an error. Its log may say more.\n',
      exit: 1,
    });
    answer = () => {
      throw new Error('secret-2');
    };
    assert.equal(parseResult(await sent(callLine(handle, [])))?.exit, 1);
  });

  it('gets a sentence if it speaks another version, and only with the handle', async () => {
    const line = callLine(handle, []).replace('"version":1', '"version":2');
    const result = parseResult(await sent(line));
    assert.equal(result?.exit, 1);
    assert.match(result.stderr, /^reltio-token: This VS Code window uses another version .* Reload the window/);
    assert.equal(await sent(line.replace(handle, 'x')), '');
    assert.deepEqual(calls, []);
  });

  it('is ended if it does not take its result within five seconds', async () => {
    answer = () => Promise.resolve({ stdout: 'x'.repeat(8_000_000), stderr: '', exit: 0 });
    const connection = (await RawConnection.openAt(path)).stopReading().send(callLine(handle, []));
    while (clock.waiting === 0) await new Promise((resolve) => setImmediate(resolve));
    let isServed = false;
    const [serving] = served;
    void serving?.then(() => (isServed = true));
    for (let round = 0; !isServed && round < 1_000; round += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      await clock.pass(100);
    }
    assert.ok(isServed);
    connection.destroy();
  });
});
