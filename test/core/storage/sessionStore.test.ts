import assert from 'node:assert/strict';
import { settle } from '../../fakes/fakeClock';
import { FakeMemory } from '../../fakes/fakeMemory';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type Window } from '../../fakes/window';

const jane = sampleSession();
const omar = sampleSession({ id: 'omar' });

/** A document as it is in the secret storage. */
function document(revision: number, sessions: readonly unknown[], storeId = 'store'): string {
  return JSON.stringify({ version: 1, storeId, revision, sessions, unreadable: [] });
}

const ids = (window: Window) => window.store.sessions.map(({ id }) => id).toSorted();
const add = (window: Window, session = jane) => window.store.change((sessions) => [...sessions, session]);

describe('SessionStore', () => {
  let shared: Installation;
  beforeEach(() => {
    shared = new Installation();
  });

  /** As after a restart: with a document and the state that announces it. */
  function holding(text: string, revision = 1, sessions = 1, storeId = 'store'): void {
    shared.secrets.values.set('sessions', text);
    shared.stateFile.state = { storeId, revision, sessions };
  }

  describe('at the start', () => {
    it('does not read the secrets of a user who never signed in', async () => {
      const window = shared.window();
      assert.deepEqual(await window.store.load(), []);
      assert.deepEqual(window.secrets.reads, []);
      assert.equal(shared.stateFile.writes, 0);
    });

    it('does not read the secrets of a user who signed out', async () => {
      holding(document(2, []), 2, 0);
      const window = shared.window();
      assert.deepEqual(await window.store.load(), []);
      assert.deepEqual(window.secrets.reads, []);
    });

    it('reads them if state.json says nothing reliable, or that there is a session', async () => {
      for (const state of ['unknown', { storeId: 'store', revision: 1, sessions: 1 }] as const) {
        holding(document(1, [jane]));
        shared.stateFile.state = state;
        assert.deepEqual(await shared.window().store.load(), [jane]);
      }
    });

    it('reads them once, however often it is asked', async () => {
      holding(document(1, [jane]));
      const window = shared.window();
      await Promise.all([window.store.load(), window.store.load()]);
      await window.store.load();
      assert.deepEqual(window.secrets.reads, ['sessions']);
    });

    it('reports no change after the first reading', async () => {
      holding(document(1, [jane]));
      const window = shared.window();
      await window.store.load();
      assert.deepEqual(window.changes, []);
    });

    it('tries again after the secrets could not be read', async () => {
      holding(document(1, [jane]));
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
        holding(document(2, [jane]), 2);
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
      holding(document(2, [jane]), 9);
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

  describe('writing', () => {
    it('starts a store with an id and counts its revisions, in the document first and then in state.json', async () => {
      const window = shared.window();
      await add(window);
      const first = shared.secrets.json('sessions');
      assert.ok(typeof first?.['storeId'] === 'string' && first['storeId'] !== '');
      assert.equal(first['revision'], 1);
      assert.equal(first['version'], 1);
      assert.deepEqual(shared.stateFile.state, { storeId: first['storeId'], revision: 1, sessions: 1 });
      await add(window, omar);
      assert.deepEqual(shared.stateFile.state, { storeId: first['storeId'], revision: 2, sessions: 2 });
    });

    it('holds nothing secret in state.json', async () => {
      await add(shared.window());
      assert.deepEqual(Object.keys(shared.stateFile.state).toSorted(), ['revision', 'sessions', 'storeId']);
    });

    it('happens one change at a time: of fifty at once none is lost', async () => {
      const window = shared.window();
      window.secrets.takes = 10;
      const all = Promise.all(
        Array.from({ length: 50 }, (_, index) => add(window, sampleSession({ id: `s${index}` }))),
      );
      await shared.clock.finish(all);
      assert.equal(window.store.sessions.length, 50);
      assert.equal(shared.secrets.json('sessions')?.['revision'], 50);
    });

    it('writes nothing if nothing changes', async () => {
      const window = shared.window();
      await add(window);
      window.secrets.writes.length = 0;
      await window.store.change((sessions) => sessions);
      assert.deepEqual(window.secrets.writes, []);
      assert.equal(window.changes.length, 1);
    });

    for (const way of ['update', 'updateNowOrLater'] as const) {
      it(`leaves the revision as it was if ${way} matches no session, or changes none`, async () => {
        const window = shared.window();
        await add(window);
        const before = shared.secrets.values.get('sessions');
        await window.store[way](
          ({ id }) => id === 'nobody',
          (session) => ({ ...session, state: 'rejected' }),
        );
        await window.store[way](
          ({ id }) => id === 'jane',
          (session) => ({ ...session, state: session.state }),
        );
        assert.equal(shared.secrets.values.get('sessions'), before);
        assert.deepEqual(window.secrets.writes, ['sessions']);
        await window.store[way](
          ({ id }) => id === 'jane',
          (session) => ({ ...session, state: 'rejected' }),
        );
        assert.equal(shared.secrets.json('sessions')?.['revision'], 2);
        assert.equal(window.store.find('jane')?.state, 'rejected');
      });
    }

    it('starts from what another window wrote', async () => {
      const [one, other] = [shared.window(), shared.window()];
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
      const window = shared.window();
      await add(window);
      window.secrets.failing = 'store';
      const renewed = { ...jane, tokens: sampleTokens({ accessToken: 'a1', refreshToken: 'r1' }) };
      await window.store.change(() => [renewed]);
      assert.deepEqual(window.store.sessions, [renewed]);
      assert.equal(window.store.problem, 'storeNotWritten');
      await window.store.reload();
      assert.deepEqual(window.store.sessions, [renewed]);
    });

    it('keeps the very first sign-in if the storage refuses it', async () => {
      const window = shared.window();
      window.secrets.failing = 'store';
      await add(window);
      await window.store.reload();
      assert.deepEqual(window.store.sessions, [jane]);
      assert.equal(window.changes.length, 1);
    });

    it('writes what was refused before together with the next change', async () => {
      const window = shared.window();
      window.secrets.failing = 'store';
      await add(window, jane);
      window.secrets.failing = undefined;
      await add(window, omar);
      assert.equal(window.store.problem, undefined);
      const fresh = shared.window();
      await fresh.store.load();
      assert.deepEqual(ids(fresh), ['jane', 'omar']);
    });

    it('writes what was refused before by retries, after growing delays', async () => {
      const window = shared.window();
      window.secrets.failing = 'store';
      await add(window, jane);
      const tries: number[] = [];
      const { store } = window.secrets;
      const start = shared.clock.now();
      window.secrets.store = (key, value) => {
        tries.push((shared.clock.now() - start) / 1_000);
        return store.call(window.secrets, key, value);
      };
      await shared.clock.pass(40_000);
      assert.deepEqual(tries, [5, 15, 35]);
      window.secrets.failing = undefined;
      await shared.clock.pass(40_000);
      assert.deepEqual(ids(window), ['jane']);
      assert.deepEqual((await shared.window().store.load()).length, 1);
      assert.equal(shared.clock.waiting, 0);
    });

    it('says in state.json that there is a session, even if the window was suspended during its first write', async () => {
      const window = shared.window();
      window.secrets.takes = 100;
      const writing = add(window);
      await shared.clock.pass(50);
      shared.clock.set(shared.clock.now() + 60_000);
      await shared.clock.finish(writing);
      assert.equal((await shared.window().store.load()).length, 1);
    });

    it('announces no revision that was never written, for which other windows would wait', async () => {
      const [one, other] = [shared.window(), shared.window()];
      await add(one, jane);
      one.secrets.failing = 'store';
      await add(one, omar);
      const before = shared.clock.now();
      await shared.clock.finish(add(other, sampleSession({ id: 'mina' })));
      assert.equal(shared.clock.now() - before, 0);
    });

    it('logs what went wrong without a secret, although the storage error contains one', async () => {
      const window = shared.window();
      window.secrets.failing = 'store';
      await add(window, sampleSession({ tokens: sampleTokens({ refreshToken: 'planted-93f2' }) }));
      assert.ok(shared.log.lines.some(({ level }) => level === 'warn'));
      assert.ok(!shared.log.text.includes('planted-93f2'));
    });
  });

  describe('a document of version 99', () => {
    const newer = JSON.stringify({ version: 99, sessions: { of: 'another shape' } });

    it('is not touched, and the user can be informed', async () => {
      holding(newer);
      const window = shared.window();
      assert.deepEqual(await window.store.load(), []);
      assert.equal(window.store.problem, 'storeNewer');
      await assert.rejects(add(window), { code: 'storeNewer' });
      assert.equal(shared.secrets.values.get('sessions'), newer);
      assert.deepEqual(window.secrets.writes, []);
      assert.deepEqual(window.changes, []);
    });

    it('written by another window removes no session here', async () => {
      const window = shared.window();
      await add(window);
      shared.secrets.values.set('sessions', newer);
      await window.store.reload();
      assert.equal(window.store.problem, 'storeNewer');
      assert.deepEqual(window.store.sessions, [jane]);
      assert.equal(window.changes.length, 1);
      await assert.rejects(add(window, omar), { code: 'storeNewer' });
      assert.equal(shared.secrets.values.get('sessions'), newer);
    });

    it('is no problem any more once ours is back', async () => {
      const window = shared.window();
      await add(window);
      const ours = shared.secrets.values.get('sessions');
      shared.secrets.values.set('sessions', newer);
      await window.store.reload();
      shared.secrets.values.set('sessions', ours ?? '');
      await window.store.reload();
      assert.equal(window.store.problem, undefined);
    });
  });

  describe('a damaged document', () => {
    it('is quarantined, the user can be informed, and signing in works', async () => {
      holding('garbage with planted-93f2');
      const window = shared.window();
      assert.deepEqual(await window.store.load(), []);
      assert.equal(window.store.problem, 'storeDamaged');
      assert.equal(shared.secrets.values.get('sessions.damaged'), 'garbage with planted-93f2');
      await add(window);
      assert.equal(window.store.problem, undefined);
      assert.equal(shared.secrets.values.get('sessions.damaged'), 'garbage with planted-93f2');
      assert.deepEqual(await shared.window().store.load(), [jane]);
      assert.ok(!shared.log.text.includes('planted-93f2'));
    });

    it('is not overwritten by a sign-in while no copy of it can be kept', async () => {
      holding('garbage with planted-93f2');
      const window = shared.window();
      window.secrets.failing = 'store';
      await window.store.load().catch(() => undefined);
      await window.store.changeNowOrLater((sessions) => [...sessions, jane]);
      assert.deepEqual(window.store.sessions, [jane]);
      assert.equal(shared.secrets.values.get('sessions'), 'garbage with planted-93f2');
      window.secrets.failing = undefined;
      await shared.clock.pass(10_000);
      assert.equal(shared.secrets.values.get('sessions.damaged'), 'garbage with planted-93f2');
      assert.deepEqual(await shared.window().store.load(), [jane]);
    });

    it('is no problem any more once a good one has taken its place', async () => {
      const [one, other] = [shared.window(), shared.window()];
      holding('garbage');
      await one.store.load();
      await add(other);
      await one.store.reload();
      assert.equal(one.store.problem, undefined);
    });

    it('costs no session that a window still knows', async () => {
      const window = shared.window();
      await add(window);
      shared.secrets.values.set('sessions', 'garbage');
      await window.store.reload();
      assert.deepEqual(window.store.sessions, [jane]);
      await add(window, omar);
      const fresh = shared.window();
      await fresh.store.load();
      assert.deepEqual(ids(fresh), ['jane', 'omar']);
    });

    it('is replaced by a new store, which other windows take over', async () => {
      const [one, other] = [shared.window(), shared.window()];
      holding('garbage');
      await one.store.load();
      await other.store.load();
      await add(one);
      await other.store.reload();
      assert.deepEqual(other.store.sessions, [jane]);
    });
  });

  it('loses no session that a window still knows, although the storage has lost everything', async () => {
    const window = shared.window();
    await add(window);
    shared.secrets.values.delete('sessions'); // the keyring's password changed: VS Code drops what it cannot decrypt
    await window.store.reload();
    assert.deepEqual(window.store.sessions, [jane]);
    await add(window, omar);
    const fresh = shared.window();
    await fresh.store.load();
    assert.deepEqual(ids(fresh), ['jane', 'omar']);
  });

  it('keeps a bad entry through every write, without losing the others', async () => {
    const odd = { id: 'odd', account: 'from tomorrow' };
    holding(document(1, [odd, jane]));
    const window = shared.window();
    assert.deepEqual(await window.store.load(), [jane]);
    await add(window, omar);
    await window.store.change(() => [omar]);
    assert.ok(shared.secrets.values.get('sessions')?.includes(JSON.stringify(odd)));
  });

  it('reads the secrets at the next start even if there is only a bad entry', async () => {
    holding(document(1, [{ id: 'odd' }]), 1, 1);
    const window = shared.window();
    await window.store.load();
    assert.deepEqual(window.secrets.reads, ['sessions']);
  });

  describe('a sign-out', () => {
    const secretsOf = () => [...shared.secrets.values.values()].join('\n');

    it('of the last account leaves no token anywhere, not even in what could not be read', async () => {
      const odd = { id: 'odd', account: 'from tomorrow', tokens: { refreshToken: 'planted-odd' } };
      shared.alone();
      holding('garbage with planted-sessions');
      shared.secrets.values.set('clients', 'garbage with planted-clients');
      const window = shared.window();
      await window.store.load();
      await window.holds();
      assert.match(secretsOf(), /planted-sessions[^]*planted-clients/);
      const good = shared.secrets.json('sessions')!;
      shared.secrets.values.set('sessions', JSON.stringify({ ...good, unreadable: [odd] }));
      await shared.clock.finish(window.sessions.signOut('jane', 'here'));
      assert.doesNotMatch(secretsOf(), /planted|"r0"|"a0"/);
      assert.deepEqual([...shared.secrets.values.keys()].sort(), ['clients', 'sessions']);
      assert.equal(typeof shared.stateFile.state === 'object' && shared.stateFile.state.sessions, 0);
    });

    it('of one account also removes the unreadable entries of that account, and no others', async () => {
      const entry = (account: object) => ({ id: 'odd', account, tokens: 'from tomorrow' });
      const entries = [
        entry({ ...jane.account, user: 'JANE@acme.com ' }),
        entry({ ...jane.account, user: 'omar@acme.com' }),
        entry({ ...jane.account, clientId: 'other' }),
        entry({ ...jane.account, identityServer: 'https://dev-auth.reltio.com' }),
        { id: 'odd' },
        'odd',
      ];
      holding(document(1, [jane, { ...omar, account: { ...omar.account, user: 'omar' } }, ...entries]));
      const window = shared.window();
      await window.store.load();
      await shared.clock.finish(window.sessions.signOut('jane', 'here'));
      assert.deepEqual(shared.secrets.json('sessions')?.['unreadable'], entries.slice(1));
    });

    it('removes them once it is written, if the secret storage refused it at first', async () => {
      shared.alone();
      holding('garbage with planted-sessions');
      const window = shared.window();
      await window.store.load();
      await window.holds();
      window.secrets.failing = 'store';
      await shared.clock.finish(window.sessions.signOut('jane', 'here'));
      assert.match(secretsOf(), /planted/);
      window.secrets.failing = undefined;
      await shared.clock.pass(10_000);
      assert.doesNotMatch(secretsOf(), /planted|"r0"/);
    });

    it('removes what may be a session and cannot be read, if the user wants that', async () => {
      for (const text of ['garbage with planted-93f2', document(1, [{ id: 'odd', tokens: 'planted-93f2' }])]) {
        shared = new Installation();
        holding(text);
        const window = shared.window();
        assert.deepEqual(await window.sessions.usable('forCertain'), []);
        assert.equal(window.sessions.hasUnreadable, true);
        await shared.clock.finish(window.sessions.removeUnreadable());
        assert.doesNotMatch(secretsOf(), /planted/);
        assert.equal(window.sessions.problem, undefined);
        assert.equal(window.sessions.hasUnreadable, false);
      }
    });
  });

  describe('late writes', () => {
    const old = document(1, [jane]);
    const young = document(2, [{ ...jane, state: 'clientRejected' }]);

    it('are waited for: the change starts from what state.json announced', async () => {
      holding(old, 2);
      const window = shared.window();
      const before = shared.clock.now();
      shared.clock.after(300, () => {
        shared.secrets.put('sessions', young);
      });
      await shared.clock.finish(add(window, omar));
      assert.ok(shared.clock.now() - before >= 300 && shared.clock.now() - before <= 400);
      assert.equal(window.store.find('jane')?.state, 'clientRejected');
      assert.equal(shared.secrets.json('sessions')?.['revision'], 3);
    });

    it('are noticed as soon as VS Code announces them', async () => {
      holding(old, 2);
      const window = shared.window();
      const before = shared.clock.now();
      const { listening } = window.secrets;
      shared.clock.after(130, () => {
        shared.secrets.put('sessions', young);
      });
      await shared.clock.finish(add(window, omar));
      assert.equal(shared.clock.now() - before, 130);
      assert.equal(window.secrets.listening, listening);
    });

    it('are waited for even if VS Code announces nothing, or announces twice', async () => {
      for (const announcements of [0, 2]) {
        shared = new Installation();
        shared.secrets.announcements = announcements;
        holding(old, 2);
        const window = shared.window();
        shared.clock.after(730, () => {
          shared.secrets.put('sessions', young);
        });
        await shared.clock.finish(add(window, omar));
        assert.equal(window.store.find('jane')?.state, 'clientRejected');
      }
    });

    it('are waited for 2 s and no longer: then the change starts from what is there', async () => {
      holding(old, 2);
      const window = shared.window();
      const before = shared.clock.now();
      await shared.clock.finish(add(window, omar));
      const waited = shared.clock.now() - before;
      assert.ok(waited >= 1_900 && waited <= 2_100, String(waited));
      assert.deepEqual(ids(window), ['jane', 'omar']);
    });

    it('are waited for 2 s even when the clock is set back meanwhile', async () => {
      holding(old, 2);
      const window = shared.window();
      const change = add(window, omar);
      let done = false;
      void change.then(() => (done = true));
      await shared.clock.pass(500);
      shared.clock.set(shared.clock.now() - 3_600_000);
      await shared.clock.pass(3_000);
      assert.ok(done);
    });

    it('are waited for even if nothing has arrived at all', async () => {
      shared.stateFile.state = { storeId: 'store', revision: 1, sessions: 1 };
      const window = shared.window();
      shared.clock.after(300, () => {
        shared.secrets.put('sessions', old);
      });
      await shared.clock.finish(add(window, omar));
      assert.deepEqual(ids(window), ['jane', 'omar']);
    });

    it('of another store are not waited for: two browsers may share the folder', async () => {
      holding(old, 99, 1, 'another store');
      const window = shared.window();
      const before = shared.clock.now();
      await shared.clock.finish(add(window, omar));
      assert.equal(shared.clock.now() - before, 0);
      assert.deepEqual(ids(window), ['jane', 'omar']);
    });

    it('cost no session if a second window writes in the meantime', async () => {
      shared.secrets.arrivesAfter = 400;
      const [one, other] = [shared.window(), shared.window()];
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
      holding(document(1, [jane]), 2); // a window has announced revision 2
      const window = shared.window();
      await shared.clock.finish(add(window, omar));
      assert.equal(shared.secrets.json('sessions')?.['revision'], 3);
      shared.secrets.values.set('sessions', document(2, [{ ...jane, state: 'clientRejected' }]));
      await window.store.reload();
      assert.deepEqual(ids(window), ['jane', 'omar']);
    });

    it('do not roll back what is known if an old echo comes late', async () => {
      const window = shared.window();
      await add(window, jane);
      const echo = shared.secrets.values.get('sessions');
      await add(window, omar);
      shared.secrets.values.set('sessions', echo ?? '');
      await window.store.reload();
      assert.deepEqual(ids(window), ['jane', 'omar']);
      assert.equal(window.changes.length, 2);
    });
  });

  describe('a write that the secret storage refuses', () => {
    it('is repeated on top of what another window has written since', async () => {
      const [one, other] = [shared.window(), shared.window()];
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
    it('report what another window did, once, although VS Code announces twice and without a change', async () => {
      shared.secrets.announcements = 2;
      const [one, other] = [shared.window(), shared.window()];
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
      other.core.dispose();
      await one.store.change(() => []);
      await settle();
      assert.equal(other.changes.length, 2);
      assert.ok(!shared.log.text.includes('sessions: not read'));
    });

    it('come once for a write of this window, although its echo arrives too', async () => {
      shared.secrets.announcements = 2;
      shared.secrets.arrivesAfter = 300;
      const window = shared.window();
      await add(window);
      await shared.clock.pass(1_000);
      assert.equal(window.changes.length, 1);
    });

    it('do not come for other keys', async () => {
      const window = shared.window();
      shared.secrets.put('clients', 'x');
      await settle();
      assert.deepEqual(window.secrets.reads, []);
    });

    it('leave a line in the log where they cannot be read', async () => {
      const window = shared.window();
      window.secrets.failing = 'get';
      shared.secrets.announce('sessions');
      await settle();
      assert.deepEqual(shared.log.lines, [{ level: 'warn', event: 'sessions: not read', fields: {} }]);
    });

    it('reach every listener even if one throws, and the store goes on working', async () => {
      const window = shared.window();
      window.store.onDidChange(() => {
        throw new Error('not my store');
      });
      let notified = 0;
      window.store.onDidChange(() => (notified += 1));
      await add(window);
      assert.equal(notified, 1);
      assert.deepEqual(window.store.sessions, [jane]);
    });
  });
});
