import assert from 'node:assert/strict';
import { monday, settle } from '../../fakes/fakeClock';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation } from '../../fakes/installation';
import { add, document, hold, ids, jane, omar } from './storeFixture';

describe('SessionStore', () => {
  let shared: Installation;
  beforeEach(() => {
    shared = new Installation();
  });

  describe('writing', () => {
    it('starts a store with an id and counts its revisions, in the document first and then in state.json', async () => {
      const core = shared.openCore();
      await add(core);
      const first = shared.secrets.json('sessions');
      assert.ok(typeof first?.['storeId'] === 'string' && first['storeId'] !== '');
      assert.equal(first['revision'], 1);
      assert.equal(first['version'], 1);
      assert.deepEqual(shared.stateFile.state, { storeId: first['storeId'], revision: 1, sessions: 1 });
      await add(core, omar);
      assert.deepEqual(shared.stateFile.state, { storeId: first['storeId'], revision: 2, sessions: 2 });
    });

    it('holds nothing secret in state.json', async () => {
      await add(shared.openCore());
      assert.deepEqual(Object.keys(shared.stateFile.state).toSorted(), ['revision', 'sessions', 'storeId']);
    });

    it('happens one change at a time: of fifty at once none is lost', async () => {
      const core = shared.openCore();
      core.secrets.takes = 10;
      const all = Promise.all(Array.from({ length: 50 }, (_, index) => add(core, sampleSession({ id: `s${index}` }))));
      await shared.clock.finish(all);
      assert.equal(core.store.sessions.length, 50);
      assert.equal(shared.secrets.json('sessions')?.['revision'], 50);
    });

    it('writes nothing if nothing changes', async () => {
      const core = shared.openCore();
      await add(core);
      core.secrets.writes.length = 0;
      await core.store.change((sessions) => sessions);
      assert.deepEqual(core.secrets.writes, []);
      assert.equal(core.changes.length, 1);
    });

    for (const way of ['update', 'updateNowOrLater'] as const) {
      it(`leaves the revision as it was if ${way} matches no session, or changes none`, async () => {
        const core = shared.openCore();
        await add(core);
        const before = shared.secrets.values.get('sessions');
        await core.store[way](
          ({ id }) => id === 'nobody',
          (session) => ({ ...session, state: 'rejected' }),
        );
        await core.store[way](
          ({ id }) => id === 'jane',
          (session) => ({ ...session, state: session.state }),
        );
        assert.equal(shared.secrets.values.get('sessions'), before);
        assert.deepEqual(core.secrets.writes, ['sessions']);
        await core.store[way](
          ({ id }) => id === 'jane',
          (session) => ({ ...session, state: 'rejected' }),
        );
        assert.equal(shared.secrets.json('sessions')?.['revision'], 2);
        assert.equal(core.store.find('jane')?.state, 'rejected');
      });
    }

    it('starts from the document that another window wrote', async () => {
      const [one, other] = [shared.openCore(), shared.openCore()];
      await add(one, jane);
      await add(other, omar);
      await one.store.reload();
      assert.deepEqual(
        [ids(one), ids(other)],
        [
          ['jane', 'omar'],
          ['jane', 'omar'],
        ],
      );
    });

    it('keeps new tokens that the storage refuses, through every later reading', async () => {
      const core = shared.openCore();
      await add(core);
      core.secrets.failing = 'store';
      const renewed = { ...jane, tokens: sampleTokens({ accessToken: 'a1', refreshToken: 'r1' }) };
      await core.store.change(() => [renewed]);
      assert.deepEqual(core.store.sessions, [renewed]);
      assert.equal(core.store.problem, 'storeNotWritten');
      await core.store.reload();
      assert.deepEqual(core.store.sessions, [renewed]);
    });

    it('keeps the very first sign-in if the storage refuses it', async () => {
      const core = shared.openCore();
      core.secrets.failing = 'store';
      await add(core);
      await core.store.reload();
      assert.deepEqual(core.store.sessions, [jane]);
      assert.equal(core.changes.length, 1);
    });

    it('writes what was refused before together with the next change', async () => {
      const core = shared.openCore();
      core.secrets.failing = 'store';
      await add(core, jane);
      core.secrets.failing = undefined;
      await add(core, omar);
      assert.equal(core.store.problem, undefined);
      const fresh = shared.openCore();
      await fresh.store.load();
      assert.deepEqual(ids(fresh), ['jane', 'omar']);
    });

    it('writes what was refused before by retries, after growing delays', async () => {
      const core = shared.openCore();
      core.secrets.failing = 'store';
      await add(core, jane);
      const tries: number[] = [];
      const { store } = core.secrets;
      const start = shared.clock.now();
      core.secrets.store = (key, value) => {
        tries.push((shared.clock.now() - start) / 1_000);
        return store.call(core.secrets, key, value);
      };
      await shared.clock.pass(40_000);
      assert.deepEqual(tries, [5, 15, 35]);
      core.secrets.failing = undefined;
      await shared.clock.pass(40_000);
      assert.deepEqual(ids(core), ['jane']);
      assert.deepEqual((await shared.openCore().store.load()).length, 1);
      assert.equal(shared.clock.waiting, 0);
    });

    it('says in state.json that there is a session, even if the window was suspended during its first write', async () => {
      const core = shared.openCore();
      core.secrets.takes = 100;
      const writing = add(core);
      await shared.clock.pass(50);
      shared.clock.set(shared.clock.now() + 60_000);
      await shared.clock.finish(writing);
      assert.equal((await shared.openCore().store.load()).length, 1);
    });

    it('announces no revision that was never written, for which other windows would wait', async () => {
      const [one, other] = [shared.openCore(), shared.openCore()];
      await add(one, jane);
      one.secrets.failing = 'store';
      await add(one, omar);
      const before = shared.clock.now();
      await shared.clock.finish(add(other, sampleSession({ id: 'mina' })));
      assert.equal(shared.clock.now() - before, 0);
    });

    it('logs what went wrong without a secret, although the storage error contains one', async () => {
      const core = shared.openCore();
      core.secrets.failing = 'store';
      await add(core, sampleSession({ tokens: sampleTokens({ refreshToken: 'planted-93f2' }) }));
      assert.ok(shared.log.lines.some(({ level }) => level === 'warn'));
      assert.ok(!shared.log.text.includes('planted-93f2'));
    });
  });

  describe('a write that the secret storage refuses', () => {
    it('is repeated on top of what another window has written since', async () => {
      const [one, other] = [shared.openCore(), shared.openCore()];
      await one.holds({ id: 'jane' });
      await other.store.load();
      one.secrets.failing = 'store';
      await one.alter('jane', { tokens: sampleTokens({ refreshToken: 'r-rotated' }) });
      assert.equal(one.store.problem, 'storeNotWritten');
      await other.holds({ id: 'omar', account: { ...jane.account, user: 'omar@acme.com' } });
      one.secrets.failing = undefined;
      await one.store.change((sessions) => sessions);
      assert.equal(one.stored('jane')?.tokens.refreshToken, 'r-rotated');
      assert.ok(one.stored('omar'));
      assert.equal(one.store.problem, undefined);
    });
  });

  describe('events', () => {
    it('report what another window did, once, even if VS Code announces it twice and without a change', async () => {
      shared.secrets.announcements = 2;
      const [one, other] = [shared.openCore(), shared.openCore()];
      await add(one);
      await settle();
      assert.deepEqual(other.changes, [{ added: [jane], removed: [], changed: [] }]);
      shared.secrets.announce('sessions');
      await settle();
      assert.equal(other.changes.length, 1);
      const renewed = { ...jane, tokens: sampleTokens({ accessToken: 'a1' }) };
      await one.store.change(() => [renewed]);
      await settle();
      assert.deepEqual(other.changes[1], { added: [], removed: [], changed: [{ before: jane, after: renewed }] });
      other.real.dispose();
      await one.store.change(() => []);
      await settle();
      assert.equal(other.changes.length, 2);
      assert.ok(!shared.log.text.includes('sessions: not read'));
    });

    it('that cause a reading which never answers stop no later one', async () => {
      const core = shared.openCore();
      core.secrets.failing = 'hang';
      shared.secrets.announce('sessions');
      await shared.clock.pass(1_000);
      core.secrets.failing = undefined;
      await shared.clock.finish(core.store.reload());
      assert.equal(shared.clock.now(), monday + 5_000);
    });

    it('fire once for a write of this window, even though its own event arrives too', async () => {
      shared.secrets.announcements = 2;
      shared.secrets.arrivesAfter = 300;
      const core = shared.openCore();
      await add(core);
      await shared.clock.pass(1_000);
      assert.equal(core.changes.length, 1);
    });

    it('do not fire for other keys', async () => {
      const core = shared.openCore();
      shared.secrets.put('clients', 'x');
      await settle();
      assert.deepEqual(core.secrets.reads, []);
    });

    it('leave a line in the log if they cannot be read', async () => {
      const core = shared.openCore();
      core.secrets.failing = 'get';
      shared.secrets.announce('sessions');
      await settle();
      assert.deepEqual(shared.log.lines, [{ level: 'warn', event: 'sessions: not read', fields: {} }]);
    });

    it('reach every listener even if one throws, and the store keeps working', async () => {
      const core = shared.openCore();
      core.store.onDidChange(() => {
        throw new Error('not my store');
      });
      let notified = 0;
      core.store.onDidChange(() => (notified += 1));
      await add(core);
      assert.equal(notified, 1);
      assert.deepEqual(core.store.sessions, [jane]);
    });
  });

  describe('when everything is forgotten', () => {
    it('keeps an empty document of the same store, with nothing that could not be read, in every window', async () => {
      hold(shared, document(4, [jane, { id: 'odd' }]), 4, 2);
      const [one, other] = [shared.openCore(), shared.openCore()];
      await Promise.all([one.store.load(), other.store.load()]);
      const now = shared.clock.now();
      await one.store.forget(now);
      assert.deepEqual(shared.secrets.json('sessions'), {
        version: 1,
        storeId: 'store',
        revision: 5,
        sessions: [],
        unreadable: [],
        formerRefreshTokens: [],
        forgottenAt: now,
      });
      assert.deepEqual(shared.stateFile.state, { storeId: 'store', revision: 5, sessions: 0 });
      await other.store.settled();
      assert.deepEqual([ids(other), other.store.hasUnreadable, other.store.forgottenAt], [[], false, now]);
    });

    it('makes no change again that could not be written before', async () => {
      const [one, other] = [shared.openCore(), shared.openCore()];
      await other.store.load();
      other.secrets.failing = 'store';
      await add(other);
      assert.equal(other.store.problem, 'storeNotWritten');
      await shared.clock.pass(1);
      await one.store.forget(shared.clock.now());
      other.secrets.failing = undefined;
      await shared.clock.pass(60_000);
      assert.deepEqual([ids(other), shared.secrets.json('sessions')?.['sessions']], [[], []]);
    });
  });

  it('says that a newer version has stored the sessions rather than that its own change is not written', async () => {
    const core = shared.openCore();
    core.secrets.failing = 'store';
    await add(core);
    core.secrets.failing = undefined;
    shared.secrets.put('sessions', '{"version":99}');
    await core.store.reload();
    assert.equal(core.store.problem, 'storeNewer');
  });
});
