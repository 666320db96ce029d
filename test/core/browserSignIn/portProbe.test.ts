import assert from 'node:assert/strict';
import { systemClock } from '../../../src/core/base/clock';
import { openLoopbackServer, type LoopbackServer } from '../../../src/core/browserSignIn/loopbackServer';
import { isAnswered } from '../../../src/core/browserSignIn/portProbe';
import { freePort } from '../../fakes/fakeBrowser';

describe('whether a program answers at a redirect address', () => {
  const ask = (address: string) => isAnswered(new URL(address), systemClock);
  /** Undefined where this machine has no such address. */
  const programAt = async (address: string): Promise<LoopbackServer | undefined> =>
    await openLoopbackServer(new URL(address), () => 'unexpected', systemClock).catch(() => undefined);

  it('is no where nobody listens', async () => {
    const port = await freePort();
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      assert.equal(await ask(`http://${host}:${port}`), false, host);
    }
  });

  it('is yes where one listens, at either address of localhost', async () => {
    for (const host of ['127.0.0.1', '[::1]']) {
      const port = await freePort();
      const program = await programAt(`http://${host}:${port}`);
      if (program !== undefined) {
        assert.equal(await ask(`http://localhost:${port}/callback`), true, host);
        assert.equal(await ask(`http://${host}:${port}`), true, host);
        await program.close();
      }
    }
  });

  it('is about this machine only', async () => {
    assert.equal(await ask('https://login.reltio.com/callback'), false);
  });
});
