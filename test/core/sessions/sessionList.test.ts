import assert from 'node:assert/strict';
import type { Failure } from '../../../src/core/base/failure';
import { monday } from '../../fakes/fakeClock';
import { Installation, type TestCore } from '../../fakes/installation';
import { sampleSession } from '../../fakes/sampleSession';

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

  describe('for who uses or changes it', () => {
    const usable = (...look: Parameters<typeof core.sessions.usable>) =>
      shared.clock.finish(core.sessions.usable(...look));
    const document = JSON.stringify({ version: 1, storeId: 'x', revision: 1, sessions: [sampleSession()] });

    it('reads the secret storage only if there may be a session, unless the user signs in or out', async () => {
      shared.secrets.values.set('sessions', document); // and nothing else says so
      assert.deepEqual(await usable(), []);
      assert.deepEqual(core.secrets.reads, []);
      assert.deepEqual(await usable('always'), [sampleSession()]);
    });

    it('waits 30 s for the keyring, which may ask for its password, when the user signs in or out', async () => {
      core.secrets.failing = 'hang';
      const start = shared.clock.now();
      await assert.rejects(usable('always'), { code: 'sessionsUnreadable' });
      assert.equal(shared.clock.now() - start, 5 * second, 'each reading has an end');
    });

    it('reports as a change what the keyring gives after the wait', async () => {
      await core.holds();
      const late = shared.openCore();
      const { get } = late.secrets;
      late.secrets.get = async (key) => {
        await new Promise<void>((resolve) => shared.clock.after(6 * second, resolve));
        return await get.call(late.secrets, key);
      };
      await assert.rejects(shared.clock.finish(late.sessions.usable()), { code: 'sessionsUnreadable' });
      await shared.clock.pass(minute);
      assert.deepEqual(late.changes[0]?.added, core.store.sessions);
    });

    it('is refused where a newer version has stored it, and nowhere else', async () => {
      await core.holds();
      core.secrets.failing = 'store';
      await core.store.change(() => []);
      assert.equal(core.sessions.problem?.code, 'storeNotWritten');
      assert.deepEqual(await usable(), []);
      shared.secrets.values.set('sessions', '{"version":99}');
      for (const look of ['ifExpected', 'always'] as const) {
        const late = shared.openCore();
        await assert.rejects(late.sessions.usable(look), { code: 'storeNewer' });
      }
    });
  });

  describe('with entries that cannot be read', () => {
    const put = (...sessions: readonly unknown[]) => {
      shared.secrets.values.set('sessions', JSON.stringify({ version: 1, storeId: 'x', revision: 1, sessions }));
      shared.stateFile.state = { storeId: 'x', revision: 1, sessions: sessions.length };
    };

    it('says so, and removes them when the user wants nothing to stay', async () => {
      put({ id: 'odd' });
      await core.sessions.list();
      assert.ok(core.sessions.hasUnreadable);
      await core.sessions.removeUnreadable();
      assert.ok(!core.sessions.hasUnreadable);
      assert.deepEqual(shared.secrets.json('sessions')?.['unreadable'], []);
    });

    it('keeps them while there is a session that can be read', async () => {
      put({ id: 'odd' }, sampleSession());
      await core.sessions.list();
      await core.sessions.removeUnreadable();
      assert.ok(core.sessions.hasUnreadable);
      assert.deepEqual(core.sessions.known, [sampleSession()]);
    });
  });

  it('shows how much time a token has left, and knows better than a clock that was set back', async () => {
    const session = await core.holds();
    await shared.clock.pass(10 * minute);
    assert.equal(core.sessions.timeLeft(session), 50 * minute);
    shared.clock.set(shared.clock.now() - 2 * hour);
    await assert.rejects(shared.clock.finish(core.sessions.fresh('unknown')), { code: 'signedOut' });
    await core.sessions.fresh('jane');
    await shared.clock.pass(minute);
    assert.equal(core.sessions.timeLeft(session), 49 * minute);
  });
});
