import assert from 'node:assert/strict';
import { FakeMemory } from '../../fakes/fakeMemory';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation } from '../../fakes/installation';
import { add, document, hold, ids, jane, omar } from './storeFixture';

describe('SessionStore, reading', () => {
  let shared: Installation;
  beforeEach(() => {
    shared = new Installation();
  });

  describe('at the start', () => {
    it('does not read the secrets of a user who never signed in', async () => {
      const core = shared.openCore();
      assert.deepEqual(await core.store.load(), []);
      assert.deepEqual(core.secrets.reads, []);
      assert.equal(shared.stateFile.writes, 0);
    });

    it('does not read the secrets of a user who signed out', async () => {
      hold(shared, document(2, []), 2, 0);
      const core = shared.openCore();
      assert.deepEqual(await core.store.load(), []);
      assert.deepEqual(core.secrets.reads, []);
    });

    it('reads them if state.json says nothing reliable, or that there is a session', async () => {
      for (const state of ['unknown', { storeId: 'store', revision: 1, sessions: 1 }] as const) {
        hold(shared, document(1, [jane]));
        shared.stateFile.state = state;
        assert.deepEqual(await shared.openCore().store.load(), [jane]);
      }
    });

    it('reads them once, however often it is asked', async () => {
      hold(shared, document(1, [jane]));
      const core = shared.openCore();
      await Promise.all([core.store.load(), core.store.load()]);
      await core.store.load();
      assert.deepEqual(core.secrets.reads, ['sessions']);
    });

    it('reports no change after the first reading', async () => {
      hold(shared, document(1, [jane]));
      const core = shared.openCore();
      await core.store.load();
      assert.deepEqual(core.changes, []);
    });

    it('tries again after the secrets could not be read', async () => {
      hold(shared, document(1, [jane]));
      const core = shared.openCore();
      core.secrets.failing = 'get';
      await assert.rejects(core.store.load(), { code: 'sessionsUnreadable' });
      core.secrets.failing = undefined;
      assert.deepEqual(await core.store.load(), [jane]);
    });
  });

  describe('when one of the places is missing, older or from another machine', () => {
    const profile = () => shared.profile;

    it('shows the sessions after the extension was uninstalled, which removes its folder, and installed again', async () => {
      await add(shared.openCore());
      shared.removeFolder();
      assert.deepEqual(await shared.openCore().store.load(), [jane]);
    });

    it('does so if only traces of a sign-in are left', async () => {
      for (const [place, key] of [
        ['profile', 'lastIdentityServer'],
        ['workspace', 'accountInUse'],
      ] as const) {
        shared = new Installation();
        shared.secrets.values.set('sessions', document(1, [jane]));
        shared[place].values.set(key, 'anything');
        assert.deepEqual(await shared.openCore().store.load(), [jane]);
      }
    });

    it('does so in a profile that has seen the sessions of another', async () => {
      const other = new FakeMemory();
      await add(shared.openCore());
      await shared.openCoreOf(other).store.load();
      shared.removeFolder();
      assert.deepEqual(await shared.openCoreOf(other).store.load(), [jane]);
    });

    it('does not read the secrets of a user who signed out of every account before', async () => {
      const before = shared.alone().openCore();
      await before.holds();
      await shared.profile.update('lastIdentityServer', jane.account.identityServer);
      await before.store.change(() => []);
      shared.removeFolder();
      const core = shared.openCore();
      assert.deepEqual(await core.store.load(), []);
      assert.deepEqual(core.secrets.reads, []);
    });

    it('reads them once, and not again, if traces led to an empty store', async () => {
      shared.secrets.values.set('sessions', document(4, []));
      await shared.profile.update('lastIdentityServer', jane.account.identityServer);
      await shared.openCore().store.load();
      const core = shared.openCore();
      await core.store.load();
      assert.deepEqual(core.secrets.reads, []);
    });

    it('shows the sessions although state.json comes from a backup, or from another machine, and has none', async () => {
      for (const state of [
        { storeId: 'store', revision: 1, sessions: 0 },
        { storeId: 'other', revision: 99, sessions: 0 },
      ]) {
        shared = new Installation();
        hold(shared, document(2, [jane]), 2);
        await shared.openCore().store.load();
        shared.stateFile.state = state;
        assert.deepEqual(await shared.openCore().store.load(), [jane]);
      }
    });

    it('shows the sessions of each store although two share a folder, and one is signed out of every account', async () => {
      const other = new Installation(); // another browser, with secrets and a global state of its own
      Object.assign(other, { stateFile: shared.stateFile, lockFolder: shared.lockFolder });
      await add(shared.openCore());
      await other.clock.finish(add(other.openCore(), omar));
      assert.deepEqual(await shared.openCore().store.load(), [jane]);
      await other.clock.finish(other.openCore().store.change(() => []));
      assert.deepEqual(await shared.openCore().store.load(), [jane]);
      const looking = other.openCore();
      assert.deepEqual(await looking.store.load(), []);
      assert.deepEqual(looking.secrets.reads, []);
    });

    it('never rolls back to the revision of an older state.json', async () => {
      const core = shared.openCore();
      await add(core);
      await add(core, omar);
      const storeId = String(shared.secrets.json('sessions')?.['storeId']);
      shared.stateFile.state = { storeId, revision: 1, sessions: 1 };
      await core.store.change((sessions) => sessions.filter(({ id }) => id !== 'jane'));
      assert.equal(shared.secrets.json('sessions')?.['revision'], 3);
      assert.deepEqual(shared.stateFile.state, { storeId, revision: 3, sessions: 1 });
    });

    it('waits once for a revision that the secrets of a backup do not have, and no more after a write', async () => {
      hold(shared, document(2, [jane]), 9);
      const core = shared.openCore();
      await shared.clock.finish(add(core, omar));
      const before = shared.clock.now();
      await shared.clock.finish(add(core, sampleSession({ id: 'mina' })));
      assert.equal(shared.clock.now() - before, 0);
      assert.equal(shared.secrets.json('sessions')?.['revision'], 11);
    });

    it('does not disturb windows that are open when the folder is removed', async () => {
      const [one, other] = [shared.openCore(), shared.openCore()];
      await add(one);
      await other.store.load();
      shared.removeFolder();
      await shared.clock.finish(add(other, omar));
      assert.deepEqual(ids(other), ['jane', 'omar']);
      assert.equal(shared.secrets.json('sessions')?.['revision'], 2);
      assert.ok(typeof shared.stateFile.state === 'object' && shared.stateFile.state.revision === 2);
    });

    it('says in the log that sessions were looked for and not found', async () => {
      await add(shared.openCore());
      shared.secrets.values.clear(); // another keyring: VS Code drops what it cannot decrypt
      await shared.openCore().store.load();
      assert.match(shared.log.text, /not in the secret storage/);
    });

    it('writes to the global state for the first and the last session, not for each refresh', async () => {
      const core = shared.openCore();
      await add(core);
      for (const accessToken of ['a1', 'a2', 'a3']) {
        await core.store.change(() => [{ ...jane, tokens: sampleTokens({ accessToken }) }]);
      }
      assert.equal(profile().writes.length, 1);
      await core.store.change(() => []);
      assert.equal(profile().writes.length, 2);
    });

    it('holds nothing secret in the global state', async () => {
      await add(shared.openCore(), sampleSession({ tokens: sampleTokens({ refreshToken: 'planted-93f2' }) }));
      assert.ok(!JSON.stringify([...profile().values]).includes('planted-93f2'));
    });
  });

  describe('loading from the storage', () => {
    beforeEach(() => {
      shared.secrets.values.set('sessions', document(1, [jane])); // and nothing else says so
    });

    it('finds sessions that nothing else mentioned, and reports them as a change', async () => {
      const core = shared.openCore();
      assert.deepEqual(await core.store.load(), []);
      assert.deepEqual(await core.store.loadFromStorage(), [jane]);
      assert.deepEqual(core.changes, [{ added: [jane], removed: [], changed: [] }]);
    });

    it('reads the secrets once', async () => {
      const core = shared.openCore();
      await core.store.loadFromStorage();
      await core.store.loadFromStorage();
      await core.store.load();
      assert.deepEqual(core.secrets.reads, ['sessions']);
    });

    it('lets the next start find it too', async () => {
      await shared.openCore().store.loadFromStorage();
      assert.deepEqual(await shared.openCore().store.load(), [jane]);
    });

    it('tries again after the secrets could not be read', async () => {
      const core = shared.openCore();
      core.secrets.failing = 'get';
      await assert.rejects(core.store.loadFromStorage(), { code: 'sessionsUnreadable' });
      core.secrets.failing = undefined;
      assert.deepEqual(await core.store.loadFromStorage(), [jane]);
    });
  });
});
