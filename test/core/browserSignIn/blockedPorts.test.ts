import assert from 'node:assert/strict';
import { isBlockedPort } from '../../../src/core/browserSignIn/blockedPorts';

describe('the ports that browsers block', () => {
  it('are those at which fetch, which follows the same list, opens nothing', async () => {
    const ports = Array.from({ length: 12_000 }, (_, index) => String(index + 1));
    const blocked = await Promise.all(
      ports
        .filter((port) => isBlockedPort(port) || /^(?:80|443|6[56]\d\d|5[01]\d\d|10080|8081)$/.test(port))
        .map(async (port) => {
          const cause = await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(2_000) }).then(
            (response) => String(response.status),
            (error: unknown) => String((error as Error).cause),
          );
          return /bad port/.test(cause) === isBlockedPort(port) ? [] : [port];
        }),
    );
    assert.deepEqual(blocked.flat(), []);
  });

  it('are none without a port', () => {
    assert.equal(isBlockedPort(''), false);
  });
});
