import assert from 'node:assert/strict';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../../scripts/process/folders';
import { openHistory } from '../../../src/core/history/openHistory';
import { noLock } from '../../../src/core/locking/noLock';
import { monday } from '../../fakes/fakeClock';

describe('the history of a machine that does not say since when it runs', () => {
  let folder: string;
  beforeEach(() => {
    folder = temporaryFolder('history');
  });
  afterEach(() => {
    removeFolder(folder);
  });

  it('is kept all the same, and can be read', async () => {
    const history = openHistory({
      folder: join(folder, 'storage'),
      lock: noLock,
      clock: { now: () => monday },
      bootedAt: () => undefined,
      inBrowser: false,
    });
    history.record({ at: monday, what: 'signedIn', session: 'a', account: 'jane' });
    await history.settled();
    assert.deepEqual(await history.read(), [
      { at: monday, what: 'signedIn', session: 'a', account: 'jane' },
      { at: monday, what: 'read' },
    ]);
  });
});
