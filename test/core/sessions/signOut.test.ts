import assert from 'node:assert/strict';
import type { Failure } from '../../../src/core/base/failure';
import { settle } from '../../fakes/fakeClock';
import { answer, pair } from '../../fakes/fakeHttp';
import { jane, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const second = 1_000;

describe('ending a session', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(() => {
    shared = new Installation();
    core = shared.openCore();
  });

  const requests = () => shared.http.requests.length;

  describe('signing out', () => {
    it('here only sends nothing, and removes the session once', async () => {
      const session = await core.holds();
      assert.deepEqual(await core.sessions.signOut('jane', 'here'), { session, atReltio: 'notAsked' });
      assert.equal(core.stored(), undefined);
      assert.deepEqual(core.changes, [{ added: [], removed: [session], changed: [] }]);
      assert.equal(requests(), 0);
    });

    it('from a session that is not there writes and sends nothing', async () => {
      await core.holds();
      const writes = core.secrets.writes.length;
      for (const where of ['here', 'atReltioToo'] as const) {
        assert.equal(await core.sessions.signOut('unknown', where), undefined);
      }
      assert.deepEqual([core.secrets.writes.length, requests()], [writes, 0]);
    });

    it('says after five seconds that the keyring does not answer, and removes the session when it does', async () => {
      await core.holds();
      core.secrets.takes = 8 * second;
      const before = shared.clock.now();
      await assert.rejects(shared.clock.finish(core.sessions.signOut('jane', 'here')), { code: 'sessionsUnreadable' });
      assert.equal(shared.clock.now() - before, 5 * second);
      await shared.clock.pass(5 * second);
      assert.equal(core.stored(), undefined);
    });

    it('at Reltio too revokes the refresh token, after the session is removed here', async () => {
      await core.holds();
      shared.http.next((request) => {
        assert.equal(core.stored(), undefined);
        assert.deepEqual(request.form, { token: 'r0' });
        return answer(200, { status: 'success' });
      });
      const outcome = await core.sessions.signOut('jane', 'atReltioToo');
      assert.equal(outcome?.atReltio, 'revoked');
      assert.equal(shared.http.requests[0]?.url, 'https://auth.reltio.com/oauth/revoke');
      assert.equal(shared.clock.waiting, 0);
    });

    for (const where of ['here', 'atReltioToo'] as const) {
      it(`of one account of two leaves the tokens of the other alone: ${where}`, async () => {
        const olgas = { id: 'olga', account: { ...jane, user: 'olga@acme.com' } };
        const other = { ...olgas, tokens: sampleTokens({ accessToken: 'b0', refreshToken: 's0' }) };
        for (const [out, stays, token] of [
          ['jane', 'olga', 'r0'],
          ['olga', 'jane', 's0'],
        ] as const) {
          await core.store.change(() => []);
          await core.holds();
          await core.holds(other);
          const before = core.stored(stays);
          const asked = requests();
          shared.http.next(answer(200, { status: 'success' }));
          const outcome = await shared.clock.finish(core.sessions.signOut(out, where));
          assert.equal(outcome?.session.id, out);
          const sent = shared.http.requests.slice(asked).map(({ form }) => form);
          assert.deepEqual(sent, where === 'here' ? [] : [{ token }]);
          assert.deepEqual([core.stored(out), core.stored(stays)], [undefined, before]);
        }
      });
    }

    it('revokes nothing of the other account, whose refresh is under way', async () => {
      await core.holds();
      const olga = { ...jane, user: 'olga@acme.com' };
      const tokens = sampleTokens({ accessToken: 'b0', refreshToken: 's0' });
      await core.holds({ id: 'olga', account: olga, tokens });
      shared.http.takes = second;
      shared.http.next(pair('b1', 's1'), answer(200, { status: 'success' }));
      const refreshing = core.sessions.refreshNow('olga');
      await shared.clock.pass(500);
      await shared.clock.finish(core.sessions.signOut('jane', 'atReltioToo'));
      assert.equal((await refreshing).session.tokens.refreshToken, 's1');
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['refresh_token'] ?? form['token']),
        ['s0', 'r0'],
      );
    });

    it('revokes the access token when there is no refresh token', async () => {
      const { refreshToken: _token, refreshTokenReceivedAt: _date, ...bare } = sampleTokens();
      await core.holds({ tokens: bare });
      shared.http.next(answer(200));
      await core.sessions.signOut('jane', 'atReltioToo');
      assert.deepEqual(shared.http.requests[0]?.form, { token: 'a0' });
    });

    it('removes the session here whatever the revoke brings, and reports that too', async () => {
      for (const [reply, code] of [
        [answer(503), 'serverError'],
        [answer(200, '<html>Hotel Wi-Fi</html>'), 'notReltio'],
        [{ kind: 'failure', code: 'unreachable' }, 'unreachable'],
        ['hang', 'timeout'],
      ] as const) {
        await core.holds();
        shared.http.next(reply);
        const outcome = await shared.clock.finish(core.sessions.signOut('jane', 'atReltioToo'));
        assert.equal((outcome?.atReltio as Failure).code, code);
        assert.equal(core.stored(), undefined);
      }
    });

    it('waits 10 s for the revoke, and removes the session here at once', async () => {
      await core.holds();
      shared.http.always = 'hang';
      const before = shared.clock.now();
      const work = core.sessions.signOut('jane', 'atReltioToo');
      await settle();
      assert.deepEqual(core.own, []);
      await shared.clock.finish(work);
      assert.equal(shared.clock.now() - before, 10_000);
      assert.equal(shared.clock.waiting, 0);
    });

    it('revokes without a client when the client secret is not known', async () => {
      await core.holds({ account: { ...jane, clientId: 'unknown' } }, { id: 'acme_dev', secret: 'x' });
      shared.http.next(answer(200));
      await core.sessions.signOut('jane', 'atReltioToo');
      assert.equal(shared.http.requests[0]?.headers['authorization'], undefined);
    });

    it('revokes what a refresh brings that is under way meanwhile, not what it has spent', async () => {
      await core.holds();
      shared.http.takes = 3 * second;
      shared.http.next(pair('a1', 'r1'), answer(200, { status: 'success' }));
      const refreshing = core.sessions.refreshNow('jane').catch((error: unknown) => (error as Failure).code);
      await shared.clock.pass(second);
      const outcome = await shared.clock.finish(core.sessions.signOut('jane', 'atReltioToo'));
      assert.equal(await refreshing, 'signedOut');
      assert.equal(outcome?.atReltio, 'revoked');
      assert.equal(shared.http.requests.at(-1)?.form['token'], 'r1');
      assert.deepEqual(core.own, []);
    });

    it('revokes even when the keyring is so slow that the user got an error', async () => {
      await core.holds();
      const { get } = core.secrets;
      core.secrets.get = async (key) => {
        await new Promise<void>((resolve) => shared.clock.after(4_000, resolve));
        return await get.call(core.secrets, key);
      };
      core.secrets.takes = 2_000;
      shared.http.always = answer(200, { status: 'success' });
      const work = assert.rejects(core.sessions.signOut('jane', 'atReltioToo'), { code: 'sessionsUnreadable' });
      await shared.clock.pass(5_000);
      await work;
      await shared.clock.pass(20_000);
      assert.deepEqual(core.own, []);
      assert.equal(shared.http.requests.at(-1)?.form['token'], 'r0');
    });

    it('revokes what a closing window left on the disk, not what that has spent', async () => {
      const session = await core.holds();
      await shared.journal.put('jane', 'r0', { ...session.tokens, accessToken: 'a1', refreshToken: 'r1' });
      shared.http.next(answer(200, { status: 'success' }));
      await core.sessions.signOut('jane', 'atReltioToo');
      assert.equal(shared.http.requests[0]?.form['token'], 'r1');
      assert.equal(shared.journal.files.size, 0);
    });

    it('leaves other sessions alone', async () => {
      await core.holds({ id: 'jane' });
      await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
      await core.sessions.signOut('jane', 'here');
      assert.deepEqual(
        core.own.map(({ id }) => id),
        ['omar'],
      );
    });

    it('is a change for the other windows', async () => {
      await core.holds();
      const other = shared.openCore();
      await other.store.load();
      await core.sessions.signOut('jane', 'here');
      await settle();
      assert.equal(other.changes.length, 1);
      assert.equal(other.changes[0]?.removed[0]?.id, 'jane');
    });
  });

  describe('revoking to renew', () => {
    it('revokes the tokens that a closing window wrote to the disk, and leaves them there when that fails', async () => {
      const session = await core.holds();
      await shared.journal.put('jane', 'r0', { ...session.tokens, accessToken: 'a1', refreshToken: 'r1' });
      shared.http.next(answer(503), answer(200, { status: 'success' }));
      await assert.rejects(core.sessions.revokeToRenew('jane'), { code: 'serverError' });
      assert.equal(shared.journal.files.size, 1);
      await core.sessions.revokeToRenew('jane');
      await settle();
      const noted = shared.history.entries.filter(({ what }) => what === 'revokedHere');
      assert.deepEqual(
        noted.map(({ session: of }) => of),
        ['jane'],
      );
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['token']),
        ['r1', 'r1'],
      );
      assert.equal(shared.journal.files.size, 0);
    });

    it('revokes what a refresh brings that is under way, not what it has spent', async () => {
      await core.holds();
      shared.http.takes = 1_000;
      shared.http.next(pair('a1', 'r1'));
      shared.http.always = answer(200, { status: 'success' });
      const refreshing = core.sessions.refreshNow('jane');
      await shared.clock.pass(500);
      await shared.clock.finish(core.sessions.revokeToRenew('jane'));
      await refreshing;
      assert.equal(shared.http.requests.at(-1)?.form['token'], 'r1');
      assert.equal(core.stored()?.state, 'signInAgain');
    });
  });
});
