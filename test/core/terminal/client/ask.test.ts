import assert from 'node:assert/strict';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ask } from '../../../../src/core/terminal/client/ask';
import { saying } from '../../../../src/core/terminal/client/clientSentences';
import type { TokenResult } from '../../../../src/core/terminal/tokenCall';

const english = saying(() => '');
const unanswered = {
  stdout: '',
  stderr:
    'reltio-token: The VS Code window of this terminal does not answer. If it is open, open a new terminal in it.\n',
  exit: 6,
};

describe('reltio-token, asking its window', () => {
  let folder: string;
  let path: string;
  let server: Server;
  let received: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'r-'));
    path = process.platform === 'win32' ? `\\\\.\\pipe\\${folder.slice(-8)}` : join(folder, 's');
    received = '';
  });

  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true, force: true });
  });

  async function answering(answer: (socket: Socket) => void): Promise<void> {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.on('data', (part) => {
        received += part.toString();
        if (received.endsWith('\n')) answer(socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(path, resolve));
  }

  const asks = (args: readonly string[], uid = process.getuid?.(), socket = path): Promise<TokenResult> =>
    ask(args, { RELTIO_AUTH_HANDLE: 'handle', RELTIO_AUTH_SOCKET: socket }, uid, english);

  it('sends its arguments with the handle, and prints what comes back', async () => {
    await answering((socket) => socket.end('{"version":1,"stdout":"a\\n","stderr":"b","exit":7}\n'));
    assert.deepEqual(await asks(['--account', 'jane']), { stdout: 'a\n', stderr: 'b', exit: 7 });
    assert.deepEqual(JSON.parse(received), { version: 1, handle: 'handle', arguments: ['--account', 'jane'] });
  });

  it('says so if nothing that it understands comes back', async () => {
    const answers = [
      '',
      '\n',
      'HTTP/1.1 400 Bad Request\r\n\r\n',
      '{"stdout":"x","stderr":"","exit":0}',
      '{"stdout":"x"}\n',
    ];
    await answering((socket) => socket.end(answers[0] ?? ''));
    while (answers.length > 0) {
      received = '';
      assert.deepEqual(await asks([]), unanswered, answers[0]);
      answers.shift();
    }
  });

  it('does not read for ever', async () => {
    await answering((socket) => {
      const more = (): void => {
        if (!socket.destroyed) socket.write('x'.repeat(500_000), more);
      };
      more();
    });
    assert.deepEqual(await asks([]), unanswered);
  });

  it('says so if nobody listens, or nothing is there', async () => {
    await answering(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    assert.deepEqual(await asks([]), unanswered);
    assert.deepEqual(await asks([], undefined, join(folder, 'missing', 'deep')), unanswered);
    assert.deepEqual(await asks([], undefined, folder), unanswered);
    assert.deepEqual(await asks([], undefined, join(folder, 'x'.repeat(200))), unanswered);
    await answering(() => undefined);
  });

  it('sends nothing without both variables, or to a path that depends on the folder of the caller', async () => {
    await answering((socket) => socket.end());
    for (const environment of [
      {},
      { RELTIO_AUTH_HANDLE: 'handle' },
      { RELTIO_AUTH_SOCKET: path },
      { RELTIO_AUTH_HANDLE: '', RELTIO_AUTH_SOCKET: path },
      { RELTIO_AUTH_HANDLE: 'handle', RELTIO_AUTH_SOCKET: '' },
      { RELTIO_AUTH_HANDLE: 'handle', RELTIO_AUTH_SOCKET: 's' },
    ]) {
      const { stdout, stderr, exit } = await ask([], environment, undefined, english);
      assert.deepEqual([stdout, exit], ['', 6]);
      assert.match(stderr, /^reltio-token: VS Code offers no Reltio tokens in this terminal\. /);
    }
    assert.equal(received, '');
  });

  it('does not send more than a window reads', async () => {
    await answering((socket) => socket.end());
    const result = await asks(['x'.repeat(17_000)]);
    assert.deepEqual(result, {
      stdout: '',
      stderr: 'reltio-token: The arguments are too long. reltio-token --help lists the options.\n',
      exit: 2,
    });
    assert.equal(received, '');
  });

  if (process.platform !== 'win32') {
    it('sends nothing to a socket in the folder of another user, unless root asks', async () => {
      await answering((socket) => socket.end('{"version":1,"stdout":"x","stderr":"","exit":0}\n'));
      if (process.getuid?.() === 0) chownSync(folder, 54_321, 54_321);
      assert.deepEqual(await asks([], 12_345), unanswered);
      assert.equal(received, '');
      assert.equal((await asks([], 0)).stdout, 'x');
    });
  }
});
