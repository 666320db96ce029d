import assert from 'node:assert/strict';
import { listeningAddresses } from '../../../src/core/browserSignIn/listeningAddresses';
import { openLoopbackServer } from '../../../src/core/browserSignIn/loopbackServer';
import { checkRedirect } from '../../../src/core/browserSignIn/redirect';
import { systemClock } from '../../../src/core/base/clock';

describe('the addresses on which to listen', () => {
  const of = (address: string) => listeningAddresses(new URL(address));

  it('are both families for localhost, and one otherwise', () => {
    assert.deepEqual(of('http://localhost:8081'), ['127.0.0.1', '::1']);
    assert.deepEqual(of('http://127.0.0.1:8081/callback'), ['127.0.0.1']);
    assert.deepEqual(of('http://[::1]'), ['::1']);
  });

  it('are none unless only programs on this machine reach them', async () => {
    for (const address of [
      'https://localhost:8081',
      'http://localhost:0',
      'http://127.0.0.2:8081',
      'http://0.0.0.0:8081',
      'http://[::]:8081',
      'http://localhost.evil.example:8081',
      'http://constructor:8081',
      'http://jane@localhost:8081',
      'http://:secret@localhost:8081',
    ]) {
      assert.equal(of(address), undefined, address);
      await assert.rejects(
        openLoopbackServer(new URL(address), () => 'unexpected', systemClock),
        TypeError,
      );
      const checked = checkRedirect(address, []);
      assert.ok(!(checked.ok && checked.redirect.isLocal), address);
    }
  });
});
