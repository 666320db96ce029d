import assert from 'node:assert/strict';
import { Installation } from '../../fakes/installation';
import { add, document, hold, ids, jane, omar } from './storeFixture';

describe('SessionStore, with late writes', () => {
  let shared: Installation;
  beforeEach(() => {
    shared = new Installation();
  });

  describe('late writes', () => {
    const old = document(1, [jane]);
    const young = document(2, [{ ...jane, state: 'clientRejected' }]);

    it('are waited for: the change starts from what state.json announced', async () => {
      hold(shared, old, 2);
      const core = shared.openCore();
      const before = shared.clock.now();
      shared.clock.after(300, () => {
        shared.secrets.put('sessions', young);
      });
      await shared.clock.finish(add(core, omar));
      assert.ok(shared.clock.now() - before >= 300 && shared.clock.now() - before <= 400);
      assert.equal(core.store.find('jane')?.state, 'clientRejected');
      assert.equal(shared.secrets.json('sessions')?.['revision'], 3);
    });

    it('are noticed as soon as VS Code announces them', async () => {
      hold(shared, old, 2);
      const core = shared.openCore();
      const before = shared.clock.now();
      const { listening } = core.secrets;
      shared.clock.after(130, () => {
        shared.secrets.put('sessions', young);
      });
      await shared.clock.finish(add(core, omar));
      assert.equal(shared.clock.now() - before, 130);
      assert.equal(core.secrets.listening, listening);
    });

    it('are waited for even if VS Code announces nothing, or announces twice', async () => {
      for (const announcements of [0, 2]) {
        shared = new Installation();
        shared.secrets.announcements = announcements;
        hold(shared, old, 2);
        const core = shared.openCore();
        shared.clock.after(730, () => {
          shared.secrets.put('sessions', young);
        });
        await shared.clock.finish(add(core, omar));
        assert.equal(core.store.find('jane')?.state, 'clientRejected');
      }
    });

    it('are waited for 2 s and no longer: then the change starts from what is there', async () => {
      hold(shared, old, 2);
      const core = shared.openCore();
      const before = shared.clock.now();
      await shared.clock.finish(add(core, omar));
      const waited = shared.clock.now() - before;
      assert.ok(waited >= 1_900 && waited <= 2_100, String(waited));
      assert.deepEqual(ids(core), ['jane', 'omar']);
    });

    it('are recorded as lost once, however often this window waits for them', async () => {
      hold(shared, old, 2);
      const core = shared.openCore();
      for (let times = 0; times < 3; times += 1) await shared.clock.finish(core.store.reloadSettled());
      await core.real.settled();
      assert.deepEqual(
        shared.history.entries.map(({ what }) => what),
        ['writeLost'],
      );
    });

    it('are waited for 2 s even when the clock is set back meanwhile', async () => {
      hold(shared, old, 2);
      const core = shared.openCore();
      const change = add(core, omar);
      let done = false;
      void change.then(() => (done = true));
      await shared.clock.pass(500);
      shared.clock.set(shared.clock.now() - 3_600_000);
      await shared.clock.pass(3_000);
      assert.ok(done);
    });

    it('are waited for even if nothing has arrived at all', async () => {
      shared.stateFile.state = { storeId: 'store', revision: 1, sessions: 1 };
      const core = shared.openCore();
      shared.clock.after(300, () => {
        shared.secrets.put('sessions', old);
      });
      await shared.clock.finish(add(core, omar));
      assert.deepEqual(ids(core), ['jane', 'omar']);
    });

    it('of another store are not waited for: two browsers may share the folder', async () => {
      hold(shared, old, 99, 1, 'another store');
      const core = shared.openCore();
      const before = shared.clock.now();
      await shared.clock.finish(add(core, omar));
      assert.equal(shared.clock.now() - before, 0);
      assert.deepEqual(ids(core), ['jane', 'omar']);
    });

    it('cost no session if a second window writes in the meantime', async () => {
      shared.secrets.arrivesAfter = 400;
      const [one, other] = [shared.openCore(), shared.openCore()];
      await add(one, jane);
      await shared.clock.finish(add(other, omar));
      await shared.clock.pass(1_000);
      await one.store.reload();
      assert.deepEqual(
        [ids(one), ids(other)],
        [
          ['jane', 'omar'],
          ['jane', 'omar'],
        ],
      );
    });

    it('that come after another window stopped waiting undo nothing: their revision is used up', async () => {
      hold(shared, document(1, [jane]), 2); // a window has announced revision 2
      const core = shared.openCore();
      await shared.clock.finish(add(core, omar));
      assert.equal(shared.secrets.json('sessions')?.['revision'], 3);
      shared.secrets.values.set('sessions', document(2, [{ ...jane, state: 'clientRejected' }]));
      await core.store.reload();
      assert.deepEqual(ids(core), ['jane', 'omar']);
    });

    it('do not roll back what is known if an old event arrives late', async () => {
      const core = shared.openCore();
      await add(core, jane);
      const echo = shared.secrets.values.get('sessions');
      await add(core, omar);
      shared.secrets.values.set('sessions', echo ?? '');
      await core.store.reload();
      assert.deepEqual(ids(core), ['jane', 'omar']);
      assert.equal(core.changes.length, 2);
    });
  });
});
