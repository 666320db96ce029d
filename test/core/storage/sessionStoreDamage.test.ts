import assert from 'node:assert/strict';
import { Installation } from '../../fakes/installation';
import { add, document, hold, ids, jane, omar } from './storeFixture';

describe('SessionStore, with what it cannot read', () => {
  let shared: Installation;
  beforeEach(() => {
    shared = new Installation();
  });

  describe('a document of version 99', () => {
    const newer = JSON.stringify({ version: 99, sessions: { of: 'another shape' } });

    it('is not touched, and the user can be notified', async () => {
      hold(shared, newer);
      const core = shared.openCore();
      assert.deepEqual(await core.store.load(), []);
      assert.equal(core.store.problem, 'storeNewer');
      await assert.rejects(add(core), { code: 'storeNewer' });
      assert.equal(shared.secrets.values.get('sessions'), newer);
      assert.deepEqual(core.secrets.writes, []);
      assert.deepEqual(core.changes, []);
    });

    it('written by another window removes no session here', async () => {
      const core = shared.openCore();
      await add(core);
      shared.secrets.values.set('sessions', newer);
      await core.store.reload();
      assert.equal(core.store.problem, 'storeNewer');
      assert.deepEqual(core.store.sessions, [jane]);
      assert.equal(core.changes.length, 1);
      await assert.rejects(add(core, omar), { code: 'storeNewer' });
      assert.equal(shared.secrets.values.get('sessions'), newer);
    });

    it('is no longer a problem once ours is back', async () => {
      const core = shared.openCore();
      await add(core);
      const ours = shared.secrets.values.get('sessions');
      shared.secrets.values.set('sessions', newer);
      await core.store.reload();
      shared.secrets.values.set('sessions', ours ?? '');
      await core.store.reload();
      assert.equal(core.store.problem, undefined);
    });
  });

  describe('a damaged document', () => {
    it('is quarantined, the user can be notified, and signing in works', async () => {
      hold(shared, 'garbage with planted-93f2');
      const core = shared.openCore();
      assert.deepEqual(await core.store.load(), []);
      assert.equal(core.store.problem, 'storeDamaged');
      assert.equal(shared.secrets.values.get('sessions.damaged'), 'garbage with planted-93f2');
      await add(core);
      assert.equal(core.store.problem, undefined);
      assert.equal(shared.secrets.values.get('sessions.damaged'), 'garbage with planted-93f2');
      assert.deepEqual(await shared.openCore().store.load(), [jane]);
      assert.ok(!shared.log.text.includes('planted-93f2'));
    });

    it('is not overwritten by a sign-in while no copy of it can be kept', async () => {
      hold(shared, 'garbage with planted-93f2');
      const core = shared.openCore();
      core.secrets.failing = 'store';
      await core.store.load().catch(() => undefined);
      await core.store.changeNowOrLater((sessions) => [...sessions, jane]);
      assert.deepEqual(core.store.sessions, [jane]);
      assert.equal(shared.secrets.values.get('sessions'), 'garbage with planted-93f2');
      core.secrets.failing = undefined;
      await shared.clock.pass(10_000);
      assert.equal(shared.secrets.values.get('sessions.damaged'), 'garbage with planted-93f2');
      assert.deepEqual(await shared.openCore().store.load(), [jane]);
    });

    it('is no longer a problem once a good one has replaced it', async () => {
      const [one, other] = [shared.openCore(), shared.openCore()];
      hold(shared, 'garbage');
      await one.store.load();
      await add(other);
      await one.store.reload();
      assert.equal(one.store.problem, undefined);
    });

    it('loses no session that a window still knows', async () => {
      const core = shared.openCore();
      await add(core);
      shared.secrets.values.set('sessions', 'garbage');
      await core.store.reload();
      assert.deepEqual(core.store.sessions, [jane]);
      await add(core, omar);
      const fresh = shared.openCore();
      await fresh.store.load();
      assert.deepEqual(ids(fresh), ['jane', 'omar']);
    });

    it('is replaced by a new store, which other windows take over', async () => {
      const [one, other] = [shared.openCore(), shared.openCore()];
      hold(shared, 'garbage');
      await one.store.load();
      await other.store.load();
      await add(one);
      await other.store.reload();
      assert.deepEqual(other.store.sessions, [jane]);
    });
  });

  it('loses no session that a window still knows, although the storage has lost everything', async () => {
    const core = shared.openCore();
    await add(core);
    shared.secrets.values.delete('sessions'); // the keyring's password changed: VS Code drops what it cannot decrypt
    await core.store.reload();
    assert.deepEqual(core.store.sessions, [jane]);
    await add(core, omar);
    const fresh = shared.openCore();
    await fresh.store.load();
    assert.deepEqual(ids(fresh), ['jane', 'omar']);
  });

  it('keeps a bad entry through every write, without losing the others', async () => {
    const odd = { id: 'odd', account: 'from tomorrow' };
    hold(shared, document(1, [odd, jane]));
    const core = shared.openCore();
    assert.deepEqual(await core.store.load(), [jane]);
    await add(core, omar);
    await core.store.change(() => [omar]);
    assert.ok(shared.secrets.values.get('sessions')?.includes(JSON.stringify(odd)));
  });

  it('reads the secrets at the next start even if there is only a bad entry', async () => {
    hold(shared, document(1, [{ id: 'odd' }]), 1, 1);
    const core = shared.openCore();
    await core.store.load();
    assert.deepEqual(core.secrets.reads, ['sessions']);
  });

  describe('a sign-out', () => {
    const secretsOf = () => [...shared.secrets.values.values()].join('\n');

    it('of the last account leaves no token anywhere, not even in what could not be read', async () => {
      const odd = { id: 'odd', account: 'from tomorrow', tokens: { refreshToken: 'planted-odd' } };
      shared.alone();
      hold(shared, 'garbage with planted-sessions');
      shared.secrets.values.set('clients', 'garbage with planted-clients');
      const core = shared.openCore();
      await core.store.load();
      await core.holds();
      assert.match(secretsOf(), /planted-sessions[^]*planted-clients/);
      const good = shared.secrets.json('sessions')!;
      shared.secrets.values.set('sessions', JSON.stringify({ ...good, unreadable: [odd] }));
      await shared.clock.finish(core.sessions.signOut('jane', 'here'));
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
      hold(shared, document(1, [jane, { ...omar, account: { ...omar.account, user: 'omar' } }, ...entries]));
      const core = shared.openCore();
      await core.store.load();
      await shared.clock.finish(core.sessions.signOut('jane', 'here'));
      assert.deepEqual(shared.secrets.json('sessions')?.['unreadable'], entries.slice(1));
    });

    it('removes them once it is written, if the secret storage refused it at first', async () => {
      shared.alone();
      hold(shared, 'garbage with planted-sessions');
      const core = shared.openCore();
      await core.store.load();
      await core.holds();
      core.secrets.failing = 'store';
      await shared.clock.finish(core.sessions.signOut('jane', 'here'));
      assert.match(secretsOf(), /planted/);
      core.secrets.failing = undefined;
      await shared.clock.pass(10_000);
      assert.doesNotMatch(secretsOf(), /planted|"r0"/);
    });

    it('removes what may be a session and cannot be read, if the user wants that', async () => {
      for (const text of ['garbage with planted-93f2', document(1, [{ id: 'odd', tokens: 'planted-93f2' }])]) {
        shared = new Installation();
        hold(shared, text);
        const core = shared.openCore();
        assert.deepEqual(await core.sessions.usable('always'), []);
        assert.equal(core.sessions.hasUnreadable, true);
        await shared.clock.finish(core.sessions.removeUnreadable());
        assert.doesNotMatch(secretsOf(), /planted/);
        assert.equal(core.sessions.problem, undefined);
        assert.equal(core.sessions.hasUnreadable, false);
      }
    });
  });
});
