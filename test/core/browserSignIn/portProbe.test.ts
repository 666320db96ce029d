import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import { systemClock } from '../../../src/core/base/clock';
import { isAnswered } from '../../../src/core/browserSignIn/portProbe';
import { freePort } from '../../fakes/fakeBrowser';

describe('whether a program answers at a redirect address', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.close();
    server = undefined;
  });
  const listen = async (host: string, port: number): Promise<boolean> => {
    server = createServer((socket) => socket.on('error', () => undefined));
    const opened = server;
    return await new Promise((resolve) => {
      opened.once('error', () => {
        resolve(false);
      });
      opened.listen(port, host, () => {
        resolve(true);
      });
    });
  };
  const ask = (address: string) => isAnswered(new URL(address), systemClock);

  it('is no where nobody listens', async () => {
    const port = await freePort();
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      assert.equal(await ask(`http://${host}:${port}`), false, host);
    }
  });

  it('is yes where one listens, at either address of localhost', async () => {
    for (const [host, name] of [
      ['127.0.0.1', '127.0.0.1'],
      ['::1', '[::1]'],
    ] as const) {
      const port = await freePort();
      if (await listen(host, port)) {
        assert.equal(await ask(`http://localhost:${port}/callback`), true, host);
        assert.equal(await ask(`http://${name}:${port}`), true, host);
      }
      server?.close();
    }
  });

  it('is about this machine only', async () => {
    assert.equal(await ask('https://login.reltio.com/callback'), false);
  });
});
