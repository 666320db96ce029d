import assert from 'node:assert/strict';
import { OwnServer } from '../../../../src/core/localProxy/election/ownServer';
import { FakeClock } from '../../../fakes/fakeClock';

describe('the server of a window', () => {
  it('cuts the connections of a new key also where it listened before, and requests may still finish', async () => {
    const cut: number[] = [];
    let finish: () => void = () => undefined;
    const own = new OwnServer(
      (port) =>
        Promise.resolve({
          port,
          endConnections: () => cut.push(port),
          close: () => new Promise<void>((resolve) => (finish = resolve)),
        }),
      new FakeClock(),
    );
    await own.listen(1, 0);
    await own.listen(2, 3_000);
    own.endConnections();
    assert.deepEqual(cut, [2, 1]);
    finish();
    await new Promise((resolve) => setImmediate(resolve));
    own.endConnections();
    assert.deepEqual(cut, [2, 1, 2]);
  });
});
