import assert from 'node:assert/strict';
import type { Failure } from '../../../src/core/base/failure';
import { settle } from '../../fakes/fakeClock';
import { answer, pair } from '../../fakes/fakeHttp';
import { jane, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type Window } from '../../fakes/window';

const second = 1_000;

describe('ending a session', () => {
  let shared: Installation;
  let window: Window;
  beforeEach(() => {
    shared = new Installation();
    window = shared.window();
  });

  const requests = () => shared.http.requests.length;

  describe('signing out', () => {
    it('here only sends nothing, and removes the session once', async () => {
      const session = await window.holds();
      assert.deepEqual(await window.sessions.signOut('jane', 'here'), { session, atReltio: 'notAsked' });
      assert.equal(window.stored(), undefined);
      assert.deepEqual(window.changes, [{ added: [], removed: [session], changed: [] }]);
      assert.equal(requests(), 0);
    });

    it('at Reltio too revokes the refresh token, after the session is removed here', async () => {
      await window.holds();
      shared.http.next((request) => {
        assert.equal(window.stored(), undefined);
        assert.deepEqual(request.form, { token: 'r0' });
        return answer(200, { status: 'success' });
      });
      const outcome = await window.sessions.signOut('jane', 'atReltioToo');
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
          await window.store.change(() => []);
          await window.holds();
          await window.holds(other);
          const before = window.stored(stays);
          const asked = requests();
          shared.http.next(answer(200, { status: 'success' }));
          const outcome = await shared.clock.finish(window.sessions.signOut(out, where));
          assert.equal(outcome?.session.id, out);
          const sent = shared.http.requests.slice(asked).map(({ form }) => form);
          assert.deepEqual(sent, where === 'here' ? [] : [{ token }]);
          assert.deepEqual([window.stored(out), window.stored(stays)], [undefined, before]);
        }
      });
    }

    it('revokes nothing of the other account, whose refresh is under way', async () => {
      await window.holds();
      const olga = { ...jane, user: 'olga@acme.com' };
      const tokens = sampleTokens({ accessToken: 'b0', refreshToken: 's0' });
      await window.holds({ id: 'olga', account: olga, tokens });
      shared.http.takes = second;
      shared.http.next(pair('b1', 's1'), answer(200, { status: 'success' }));
      const refreshing = window.sessions.refreshNow('olga');
      await shared.clock.pass(500);
      await shared.clock.finish(window.sessions.signOut('jane', 'atReltioToo'));
      assert.equal((await refreshing).session.tokens.refreshToken, 's1');
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['refresh_token'] ?? form['token']),
        ['s0', 'r0'],
      );
    });

    it('revokes the access token where there is no refresh token', async () => {
      const { refreshToken: _token, refreshTokenReceivedAt: _date, ...bare } = sampleTokens();
      await window.holds({ tokens: bare });
      shared.http.next(answer(200));
      await window.sessions.signOut('jane', 'atReltioToo');
      assert.deepEqual(shared.http.requests[0]?.form, { token: 'a0' });
    });

    it('removes the session here whatever the revoke brings, and reports that too', async () => {
      for (const [reply, code] of [
        [answer(503), 'serverError'],
        [answer(200, '<html>Hotel Wi-Fi</html>'), 'notReltio'],
        [{ kind: 'failure', code: 'unreachable' }, 'unreachable'],
        ['hang', 'timeout'],
      ] as const) {
        await window.holds();
        shared.http.next(reply);
        const outcome = await shared.clock.finish(window.sessions.signOut('jane', 'atReltioToo'));
        assert.equal((outcome?.atReltio as Failure).code, code);
        assert.equal(window.stored(), undefined);
      }
    });

    it('waits 10 s for the revoke, and removes the session here at once', async () => {
      await window.holds();
      shared.http.always = 'hang';
      const before = shared.clock.now();
      const work = window.sessions.signOut('jane', 'atReltioToo');
      await settle();
      assert.deepEqual(window.own, []);
      await shared.clock.finish(work);
      assert.equal(shared.clock.now() - before, 10_000);
      assert.equal(shared.clock.waiting, 0);
    });

    it('revokes without a client where the client secret is not known', async () => {
      await window.holds({ account: { ...jane, clientId: 'unknown' } }, { id: 'acme_dev', secret: 'x' });
      shared.http.next(answer(200));
      await window.sessions.signOut('jane', 'atReltioToo');
      assert.equal(shared.http.requests[0]?.headers['authorization'], undefined);
    });

    it('revokes what a refresh brings that is under way meanwhile, not what it has spent', async () => {
      await window.holds();
      shared.http.takes = 3 * second;
      shared.http.next(pair('a1', 'r1'), answer(200, { status: 'success' }));
      const refreshing = window.sessions.refreshNow('jane').catch((error: unknown) => (error as Failure).code);
      await shared.clock.pass(second);
      const outcome = await shared.clock.finish(window.sessions.signOut('jane', 'atReltioToo'));
      assert.equal(await refreshing, 'signedOut');
      assert.equal(outcome?.atReltio, 'revoked');
      assert.equal(shared.http.requests.at(-1)?.form['token'], 'r1');
      assert.deepEqual(window.own, []);
    });

    it('revokes also where the keyring is so slow that the user got an error', async () => {
      await window.holds();
      const { get } = window.secrets;
      window.secrets.get = async (key) => {
        await new Promise<void>((resolve) => shared.clock.after(4_000, resolve));
        return await get.call(window.secrets, key);
      };
      window.secrets.takes = 2_000;
      shared.http.always = answer(200, { status: 'success' });
      const work = assert.rejects(window.sessions.signOut('jane', 'atReltioToo'), { code: 'sessionsUnreadable' });
      await shared.clock.pass(5_000);
      await work;
      await shared.clock.pass(20_000);
      assert.deepEqual(window.own, []);
      assert.equal(shared.http.requests.at(-1)?.form['token'], 'r0');
    });

    it('revokes what a closing window left on the disk, not what that has spent', async () => {
      const session = await window.holds();
      await shared.journal.put('jane', 'r0', { ...session.tokens, accessToken: 'a1', refreshToken: 'r1' });
      shared.http.next(answer(200, { status: 'success' }));
      await window.sessions.signOut('jane', 'atReltioToo');
      assert.equal(shared.http.requests[0]?.form['token'], 'r1');
      assert.equal(shared.journal.files.size, 0);
    });

    it('leaves other sessions alone', async () => {
      await window.holds({ id: 'jane' });
      await window.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
      await window.sessions.signOut('jane', 'here');
      assert.deepEqual(
        window.own.map(({ id }) => id),
        ['omar'],
      );
    });

    it('is a change for the other windows', async () => {
      await window.holds();
      const other = shared.window();
      await other.store.load();
      await window.sessions.signOut('jane', 'here');
      await settle();
      assert.equal(other.changes.length, 1);
      assert.equal(other.changes[0]?.removed[0]?.id, 'jane');
    });
  });

  describe('revoking to renew', () => {
    it('revokes what a closing window left on the disk, and leaves it there where that fails', async () => {
      const session = await window.holds();
      await shared.journal.put('jane', 'r0', { ...session.tokens, accessToken: 'a1', refreshToken: 'r1' });
      shared.http.next(answer(503), answer(200, { status: 'success' }));
      await assert.rejects(window.sessions.revokeToRenew('jane'), { code: 'serverError' });
      assert.equal(shared.journal.files.size, 1);
      await window.sessions.revokeToRenew('jane');
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['token']),
        ['r1', 'r1'],
      );
      assert.equal(shared.journal.files.size, 0);
    });

    it('revokes what a refresh brings that is under way, not what it has spent', async () => {
      await window.holds();
      shared.http.takes = 1_000;
      shared.http.next(pair('a1', 'r1'));
      shared.http.always = answer(200, { status: 'success' });
      const refreshing = window.sessions.refreshNow('jane');
      await shared.clock.pass(500);
      await shared.clock.finish(window.sessions.revokeToRenew('jane'));
      await refreshing;
      assert.equal(shared.http.requests.at(-1)?.form['token'], 'r1');
      assert.equal(window.stored()?.state, 'signInAgain');
    });
  });
});
