import assert from 'node:assert/strict';
import { FakeMemory } from '../../fakes/fakeMemory';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation } from '../../fakes/window';
import { add, document, hold, ids, jane, omar } from './storeFixture';

describe('SessionStore, reading', () => {
  let shared: Installation;
  beforeEach(() => {
    shared = new Installation();
  });

  describe('at the start', () => {
    it('does not read the secrets of a user who never signed in', async () => {
      const window = shared.window();
      assert.deepEqual(await window.store.load(), []);
      assert.deepEqual(window.secrets.reads, []);
      assert.equal(shared.stateFile.writes, 0);
    });

    it('does not read the secrets of a user who signed out', async () => {
      hold(shared, document(2, []), 2, 0);
      const window = shared.window();
      assert.deepEqual(await window.store.load(), []);
      assert.deepEqual(window.secrets.reads, []);
    });

    it('reads them if state.json says nothing reliable, or that there is a session', async () => {
      for (const state of ['unknown', { storeId: 'store', revision: 1, sessions: 1 }] as const) {
        hold(shared, document(1, [jane]));
        shared.stateFile.state = state;
        assert.deepEqual(await shared.window().store.load(), [jane]);
      }
    });

    it('reads them once, however often it is asked', async () => {
      hold(shared, document(1, [jane]));
      const window = shared.window();
      await Promise.all([window.store.load(), window.store.load()]);
      await window.store.load();
      assert.deepEqual(window.secrets.reads, ['sessions']);
    });

    it('reports no change after the first reading', async () => {
      hold(shared, document(1, [jane]));
      const window = shared.window();
      await window.store.load();
      assert.deepEqual(window.changes, []);
    });

    it('tries again after the secrets could not be read', async () => {
      hold(shared, document(1, [jane]));
      const window = shared.window();
      window.secrets.failing = 'get';
      await assert.rejects(window.store.load(), { code: 'sessionsUnreadable' });
      window.secrets.failing = undefined;
      assert.deepEqual(await window.store.load(), [jane]);
    });
  });

  describe('when one of the places is missing, older or from another machine', () => {
    const profile = () => shared.profile;

    it('shows the sessions after the extension was uninstalled, which removes its folder, and installed again', async () => {
      await add(shared.window());
      shared.removeFolder();
      assert.deepEqual(await shared.window().store.load(), [jane]);
    });

    it('does so if only traces of a sign-in are left', async () => {
      for (const [place, key] of [
        ['profile', 'lastIdentityServer'],
        ['workspace', 'accountInUse'],
      ] as const) {
        shared = new Installation();
        shared.secrets.values.set('sessions', document(1, [jane]));
        shared[place].values.set(key, 'anything');
        assert.deepEqual(await shared.window().store.load(), [jane]);
      }
    });

    it('does so in a profile that has seen the sessions of another', async () => {
      const other = new FakeMemory();
      await add(shared.window());
      await shared.windowOf(other).store.load();
      shared.removeFolder();
      assert.deepEqual(await shared.windowOf(other).store.load(), [jane]);
    });

    it('does not read the secrets of a user who signed out of every account before', async () => {
      const before = shared.alone().window();
      await before.holds();
      await shared.profile.update('lastIdentityServer', jane.account.identityServer);
      await before.store.change(() => []);
      shared.removeFolder();
      const window = shared.window();
      assert.deepEqual(await window.store.load(), []);
      assert.deepEqual(window.secrets.reads, []);
    });

    it('reads them once, and not again, if traces led to an empty store', async () => {
      shared.secrets.values.set('sessions', document(4, []));
      await shared.profile.update('lastIdentityServer', jane.account.identityServer);
      await shared.window().store.load();
      const window = shared.window();
      await window.store.load();
      assert.deepEqual(window.secrets.reads, []);
    });

    it('shows the sessions although state.json comes from a backup, or from another machine, and has none', async () => {
      for (const state of [
        { storeId: 'store', revision: 1, sessions: 0 },
        { storeId: 'other', revision: 99, sessions: 0 },
      ]) {
        shared = new Installation();
        hold(shared, document(2, [jane]), 2);
        await shared.window().store.load();
        shared.stateFile.state = state;
        assert.deepEqual(await shared.window().store.load(), [jane]);
      }
    });

    it('shows the sessions of each store although two share a folder, and one is signed out of every account', async () => {
      const other = new Installation(); // another browser, with secrets and a global state of its own
      Object.assign(other, { stateFile: shared.stateFile, lockFolder: shared.lockFolder });
      await add(shared.window());
      await other.clock.finish(add(other.window(), omar));
      assert.deepEqual(await shared.window().store.load(), [jane]);
      await other.clock.finish(other.window().store.change(() => []));
      assert.deepEqual(await shared.window().store.load(), [jane]);
      const looking = other.window();
      assert.deepEqual(await looking.store.load(), []);
      assert.deepEqual(looking.secrets.reads, []);
    });

    it('never rolls back to the revision of an older state.json', async () => {
      const window = shared.window();
      await add(window);
      await add(window, omar);
      const storeId = String(shared.secrets.json('sessions')?.['storeId']);
      shared.stateFile.state = { storeId, revision: 1, sessions: 1 };
      await window.store.change((sessions) => sessions.filter(({ id }) => id !== 'jane'));
      assert.equal(shared.secrets.json('sessions')?.['revision'], 3);
      assert.deepEqual(shared.stateFile.state, { storeId, revision: 3, sessions: 1 });
    });

    it('waits once for what the secrets of a backup do not have, and no more after a write', async () => {
      hold(shared, document(2, [jane]), 9);
      const window = shared.window();
      await shared.clock.finish(add(window, omar));
      const before = shared.clock.now();
      await shared.clock.finish(add(window, sampleSession({ id: 'mina' })));
      assert.equal(shared.clock.now() - before, 0);
      assert.equal(shared.secrets.json('sessions')?.['revision'], 11);
    });

    it('does not disturb windows that are open when the folder is removed', async () => {
      const [one, other] = [shared.window(), shared.window()];
      await add(one);
      await other.store.load();
      shared.removeFolder();
      await shared.clock.finish(add(other, omar));
      assert.deepEqual(ids(other), ['jane', 'omar']);
      assert.equal(shared.secrets.json('sessions')?.['revision'], 2);
      assert.ok(typeof shared.stateFile.state === 'object' && shared.stateFile.state.revision === 2);
    });

    it('says in the log that sessions were looked for and not found', async () => {
      await add(shared.window());
      shared.secrets.values.clear(); // another keyring: VS Code drops what it cannot decrypt
      await shared.window().store.load();
      assert.match(shared.log.text, /not in the secret storage/);
    });

    it('writes to the global state for the first and the last session, not for each refresh', async () => {
      const window = shared.window();
      await add(window);
      for (const accessToken of ['a1', 'a2', 'a3']) {
        await window.store.change(() => [{ ...jane, tokens: sampleTokens({ accessToken }) }]);
      }
      assert.equal(profile().writes.length, 1);
      await window.store.change(() => []);
      assert.equal(profile().writes.length, 2);
    });

    it('holds nothing secret in the global state', async () => {
      await add(shared.window(), sampleSession({ tokens: sampleTokens({ refreshToken: 'planted-93f2' }) }));
      assert.ok(!JSON.stringify([...profile().values]).includes('planted-93f2'));
    });
  });

  describe('loading for certain', () => {
    beforeEach(() => {
      shared.secrets.values.set('sessions', document(1, [jane])); // and nothing else says so
    });

    it('finds sessions that nothing pointed to, and reports them as a change', async () => {
      const window = shared.window();
      assert.deepEqual(await window.store.load(), []);
      assert.deepEqual(await window.store.loadForCertain(), [jane]);
      assert.deepEqual(window.changes, [{ added: [jane], removed: [], changed: [] }]);
    });

    it('reads the secrets once', async () => {
      const window = shared.window();
      await window.store.loadForCertain();
      await window.store.loadForCertain();
      await window.store.load();
      assert.deepEqual(window.secrets.reads, ['sessions']);
    });

    it('lets the next start find it too', async () => {
      await shared.window().store.loadForCertain();
      assert.deepEqual(await shared.window().store.load(), [jane]);
    });

    it('tries again after the secrets could not be read', async () => {
      const window = shared.window();
      window.secrets.failing = 'get';
      await assert.rejects(window.store.loadForCertain(), { code: 'sessionsUnreadable' });
      window.secrets.failing = undefined;
      assert.deepEqual(await window.store.loadForCertain(), [jane]);
    });
  });
});
