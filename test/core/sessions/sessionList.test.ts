import assert from 'node:assert/strict';
import type { Failure } from '../../../src/core/base/failure';
import { monday } from '../../fakes/fakeClock';
import { Installation, type TestCore } from '../../fakes/installation';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('the list of sessions', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(() => {
    shared = new Installation();
    core = shared.openCore();
  });

  const requests = () => shared.http.requests.length;

  describe('list', () => {
    it('gives the last signed in first, without any network', async () => {
      await core.holds({ id: 'old', signedInAt: monday - 2 });
      await core.holds({ id: 'new', signedInAt: monday - 1 });
      assert.deepEqual((await core.sessions.list()).map(({ id }) => id).slice(0, 2), ['new', 'old']);
      assert.deepEqual(core.sessions.known.map(({ id }) => id).slice(0, 2), ['new', 'old']);
      assert.equal(requests(), 0);
    });

    it('gives sessions whose token has expired, too', async () => {
      await core.holds();
      await shared.clock.pass(24 * hour);
      assert.equal((await core.sessions.list())[0]?.id, 'jane');
      assert.equal(requests(), 0);
    });
  });

  describe('the keyring', () => {
    it('that does not answer keeps VS Code, which asks several times in a row, waiting once', async () => {
      await core.holds();
      const late = shared.openCore();
      late.secrets.failing = 'hang';
      const before = shared.clock.now();
      for (let ask = 0; ask < 4; ask += 1) {
        assert.deepEqual(await shared.clock.finish(late.sessions.listSoon()), []);
      }
      assert.equal(shared.clock.now() - before, 5_000);
    });

    it('that does not answer makes no caller wait for more than 5 s', async () => {
      shared.stateFile.state = { storeId: 'x', revision: 1, sessions: 1 };
      core.secrets.get = () => new Promise(() => undefined);
      const start = shared.clock.now();
      const code = await shared.clock.finish(core.sessions.usable().catch((error: unknown) => (error as Failure).code));
      assert.equal(code, 'sessionsUnreadable');
      assert.equal(shared.clock.now() - start, 5 * second);
    });
  });
});
