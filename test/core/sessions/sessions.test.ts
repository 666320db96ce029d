import assert from 'node:assert/strict';
import { accountLabel } from '../../../src/core/model/account';
import type { Failure } from '../../../src/core/base/failure';
import type { Session } from '../../../src/core/model/session';
import type { SignedIn } from '../../../src/core/calls/signInAttempt';
import { isExpired } from '../../../src/core/model/tokens';
import { monday, settle } from '../../fakes/fakeClock';
import { answer, pair } from '../../fakes/fakeHttp';
import { jane, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type Window } from '../../fakes/window';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('Sessions', () => {
  let shared: Installation;
  let window: Window;
  beforeEach(() => {
    shared = new Installation();
    window = shared.window();
  });

  const fresh = (id = 'jane', wait?: number): Promise<Session> => shared.clock.finish(window.sessions.fresh(id, wait));
  const requests = () => shared.http.requests.length;

  /** What a call brought, and after how many milliseconds. */
  async function outcome(work: Promise<Session>): Promise<readonly [string, number]> {
    const before = shared.clock.now();
    return work.then(
      ({ tokens }) => [tokens.accessToken, shared.clock.now() - before] as const,
      (error: unknown) => [(error as Failure).code, shared.clock.now() - before] as const,
    );
  }

  function signedIn(changes: Partial<SignedIn['answer']> = {}, account = jane): SignedIn {
    return {
      kind: 'signedIn',
      account,
      method: { kind: 'password' },
      answer: {
        kind: 'granted',
        accessToken: 'a1',
        refreshToken: 'r1',
        expiresIn: 3600,
        expiryIsEstimate: false,
        scopes: ['entities_api'],
        ...changes,
      },
      startedAt: shared.clock.now(),
    };
  }

  describe('list', () => {
    it('gives the last signed in first, without any network', async () => {
      await window.holds({ id: 'old', signedInAt: monday - 2 });
      await window.holds({ id: 'new', signedInAt: monday - 1 });
      assert.deepEqual((await window.sessions.list()).map(({ id }) => id).slice(0, 2), ['new', 'old']);
      assert.deepEqual(window.sessions.known.map(({ id }) => id).slice(0, 2), ['new', 'old']);
      assert.equal(requests(), 0);
    });

    it('gives sessions whose token has expired, too', async () => {
      await window.holds();
      await shared.clock.pass(24 * hour);
      assert.equal((await window.sessions.list())[0]?.id, 'jane');
      assert.equal(requests(), 0);
    });
  });

  describe('fresh', () => {
    it('answers at once, without a call, while more than a minute is left', async () => {
      const session = await window.holds();
      for (const passed of [0, hour - minute - 2, 1]) {
        await shared.clock.pass(passed);
        assert.deepEqual(await window.sessions.fresh('jane'), session);
      }
      assert.equal(requests(), 0);
    });

    it('asks for a new token when a minute or less is left', async () => {
      await window.holds();
      await shared.clock.pass(hour - minute + 1);
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.equal(requests(), 1);
    });

    it('makes one request for a hundred who ask at once, whatever they do with it', async () => {
      await window.holds();
      await shared.clock.pass(hour);
      shared.http.takes = 300;
      shared.http.next(pair('a1', 'r1'));
      const callers = Array.from({ length: 100 }, (_, index) =>
        index % 10 === 0
          ? window.sessions.refreshNow('jane').then(({ session }) => session)
          : window.sessions.fresh('jane'),
      );
      const all = await shared.clock.finish(Promise.all(callers));
      assert.ok(all.every(({ tokens }) => tokens.accessToken === 'a1'));
      assert.equal(requests(), 1);
    });

    it('makes one request for each of several sessions', async () => {
      for (const id of ['one', 'two', 'three']) {
        await window.holds({ id, tokens: sampleTokens({ refreshToken: `r-${id}` }) });
      }
      await shared.clock.pass(hour);
      shared.http.takes = 10;
      shared.http.always = pair('a1', 'r1');
      const ids = ['one', 'two', 'three', 'one', 'two', 'three'];
      await shared.clock.finish(Promise.all(ids.map((id) => window.sessions.fresh(id))));
      assert.deepEqual(shared.http.requests.map(({ form }) => form['refresh_token']).toSorted(), [
        'r-one',
        'r-three',
        'r-two',
      ]);
    });

    it('starts nothing by itself: without a caller no time makes a call', async () => {
      await window.holds();
      await window.sessions.fresh('jane');
      await shared.clock.pass(30 * 24 * hour);
      assert.equal(requests(), 0);
      assert.equal(await outcomeCode(), 'unreachable');
      assert.equal(shared.clock.waiting, 0);
      await shared.clock.pass(30 * 24 * hour);
      assert.equal(requests(), 1);

      async function outcomeCode(): Promise<string> {
        return (await shared.clock.finish(outcome(window.sessions.fresh('jane'))))[0];
      }
    });

    it('does not know a session that is not there', async () => {
      await assert.rejects(window.sessions.fresh('unknown'), { code: 'signedOut' });
      await assert.rejects(window.sessions.refreshNow('unknown'), { code: 'signedOut' });
      assert.equal(await window.sessions.signOut('unknown', 'atReltioToo'), undefined);
      assert.equal(requests(), 0);
    });

    describe('when Reltio hands back the same token', () => {
      it('before its expiry: does not ask again until then, and asks then', async () => {
        await window.holds();
        await shared.clock.pass(hour - 50 * second);
        shared.http.next(pair('a0', 'r0', 50), pair('a1', 'r1'));
        for (let call = 0; call < 49; call += 1) {
          assert.equal((await fresh()).tokens.accessToken, 'a0');
          await shared.clock.pass(second);
        }
        assert.equal(requests(), 1);
        await shared.clock.pass(second);
        assert.equal((await fresh()).tokens.accessToken, 'a1');
        assert.equal(requests(), 2);
      });

      it('before its expiry with a full hour: believes the earlier expiry', async () => {
        await window.holds();
        await shared.clock.pass(hour - 50 * second);
        shared.http.always = pair('a0', 'r0', 3600);
        assert.equal((await fresh()).tokens.accessTokenExpiresAt, monday + hour);
        assert.equal(requests(), 1);
      });

      it('after its expiry with a full hour: takes that', async () => {
        await window.holds();
        await shared.clock.pass(hour);
        shared.http.always = pair('a0', 'r0', 3600);
        assert.equal((await fresh()).tokens.accessTokenExpiresAt, monday + 2 * hour);
        await shared.clock.pass(hour - 2 * minute);
        await fresh();
        assert.equal(requests(), 1);
      });

      it('after its expiry with little time left: takes that, and asks again when it has expired', async () => {
        await window.holds();
        await shared.clock.pass(hour);
        shared.http.always = pair('a0', 'r0', 20);
        for (let call = 0; call < 120; call += 1) {
          assert.equal((await fresh()).tokens.accessToken, 'a0');
          await shared.clock.pass(second);
        }
        assert.deepEqual(
          shared.http.times,
          [0, 20, 40, 60, 80, 100].map((seconds) => seconds * second),
        );
      });

      it('after its expiry with no time left: returns it to no caller, and asks less and less often', async () => {
        await window.holds();
        await shared.clock.pass(hour);
        shared.http.always = pair('a0', 'r0', 0);
        for (let call = 0; call < 60; call += 1) {
          assert.equal((await shared.clock.finish(outcome(window.sessions.fresh('jane'))))[0], 'tokenUnchanged');
          await shared.clock.pass(second);
        }
        const soon = Array.from({ length: 24 }, (_, count) => count * 1.5); // another token is due any moment
        assert.deepEqual(
          shared.http.times,
          [...soon, 37.5, 39, 46, 47.5, 62.5, 64].map((seconds) => seconds * second),
        );
        assert.equal(window.stored()?.tokens.refreshToken, 'r0');
      });
    });

    describe('after a failure', () => {
      it('answers at once from memory, and tries again after 1, 3, 7, 15 and 60 s, on a call only', async () => {
        await window.holds();
        await shared.clock.pass(hour);
        shared.http.takes = 0;
        for (let half = 0; half <= 2 * 150; half += 1) {
          const [what, took] = await shared.clock.finish(outcome(window.sessions.fresh('jane')));
          assert.deepEqual([what, took], ['unreachable', 0]);
          await shared.clock.pass(500);
        }
        assert.deepEqual(
          shared.http.times,
          [0, 1, 4, 11, 26, 86, 146].map((seconds) => seconds * second),
        );
      });

      it('is remembered for the identity server: other sessions there do not ask either', async () => {
        await window.holds({ id: 'jane' });
        await window.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
        const staging = { ...jane, identityServer: 'https://auth-stg.reltio.com' };
        await window.holds({ id: 'staging', account: staging });
        await shared.clock.pass(hour);
        await shared.clock.finish(outcome(window.sessions.fresh('jane')));
        assert.deepEqual(await shared.clock.finish(outcome(window.sessions.fresh('omar'))), ['unreachable', 0]);
        assert.equal(requests(), 1);
        shared.http.next(pair('a1', 'r1'));
        assert.equal((await fresh('staging')).tokens.accessToken, 'a1');
      });

      it('is forgotten when it succeeds for another session there', async () => {
        await window.holds({ id: 'jane' });
        await window.holds({
          id: 'omar',
          account: { ...jane, user: 'omar@acme.com' },
          tokens: sampleTokens({ refreshToken: 'ro' }),
        });
        await shared.clock.pass(hour);
        await shared.clock.finish(outcome(window.sessions.fresh('jane')));
        shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
        await shared.clock.finish(window.sessions.refreshNow('omar'));
        assert.equal((await fresh('jane')).tokens.accessToken, 'a2');
      });

      it('is forgotten after a sign-in there', async () => {
        await window.holds({ id: 'jane' });
        await shared.clock.pass(hour);
        await shared.clock.finish(outcome(window.sessions.fresh('jane')));
        await window.sessions.add(signedIn({}, { ...jane, user: 'omar@acme.com' }));
        shared.http.next(pair('a2', 'r2'));
        assert.equal((await fresh('jane')).tokens.accessToken, 'a2');
      });

      it('is forgotten after a success: the next one starts with a second again', async () => {
        await window.holds();
        await shared.clock.pass(hour);
        shared.http.next({ kind: 'failure', code: 'unreachable' }, pair('a1', 'r1'));
        await shared.clock.finish(outcome(window.sessions.fresh('jane')));
        await shared.clock.pass(second);
        await fresh();
        await shared.clock.pass(hour);
        await shared.clock.finish(outcome(window.sessions.fresh('jane')));
        await shared.clock.pass(second);
        await shared.clock.finish(outcome(window.sessions.fresh('jane')));
        assert.equal(requests(), 4);
      });

      it('starts with a second again after a manual refresh has failed too', async () => {
        await window.holds();
        await shared.clock.pass(hour);
        for (const wait of [1, 3, 7]) {
          await shared.clock.finish(outcome(window.sessions.fresh('jane')));
          await shared.clock.pass(wait * second);
        }
        await assert.rejects(shared.clock.finish(window.sessions.refreshNow('jane')));
        await shared.clock.pass(second);
        shared.http.next(pair('a1', 'r1'));
        assert.equal((await fresh()).tokens.accessToken, 'a1');
      });

      it('returns a token that is still valid, without asking', async () => {
        await window.holds({ tokens: sampleTokens({ accessTokenExpiresAt: monday + 50 * second }) });
        await shared.clock.pass(10 * second);
        await fresh();
        assert.deepEqual(await shared.clock.finish(outcome(window.sessions.fresh('jane'))), ['a0', 0]);
        assert.equal(requests(), 1);
      });

      it('is forgotten by a manual refresh, which asks at once', async () => {
        await window.holds();
        await shared.clock.pass(hour);
        await shared.clock.finish(outcome(window.sessions.fresh('jane')));
        shared.http.next(pair('a1', 'r1'));
        const { session } = await shared.clock.finish(window.sessions.refreshNow('jane'));
        assert.equal(session.tokens.accessToken, 'a1');
        assert.equal(requests(), 2);
      });

      it('of one client is not held against another at the same server', async () => {
        await window.holds({ id: 'jane' });
        await window.holds({ id: 'dev', account: { ...jane, clientId: 'acme_dev' } }, { id: 'acme_dev', secret: 'x' });
        await shared.clock.pass(hour);
        shared.http.next(answer(401, { error: 'invalid_client' }), pair('a1', 'r1'));
        assert.equal((await shared.clock.finish(outcome(window.sessions.fresh('jane'))))[0], 'clientRejected');
        assert.equal((await fresh('dev')).tokens.accessToken, 'a1');
      });

      it('of one session is not held against another', async () => {
        await window.holds({ id: 'jane' });
        await window.holds({
          id: 'omar',
          account: { ...jane, user: 'omar@acme.com' },
          tokens: sampleTokens({ refreshToken: 'ro' }),
        });
        await shared.clock.pass(hour);
        shared.http.next(answer(400, { error: 'invalid_request' }), pair('a1', 'r1'));
        assert.equal((await shared.clock.finish(outcome(window.sessions.fresh('jane'))))[0], 'requestRefused');
        assert.equal((await fresh('omar')).tokens.accessToken, 'a1');
      });
    });

    describe('while the server hangs', () => {
      beforeEach(async () => {
        await window.holds();
        shared.http.always = 'hang';
      });

      it('answers the first caller within its wait, later ones within what is left of it, then at once', async () => {
        await shared.clock.pass(hour);
        const first = outcome(window.sessions.fresh('jane', 5_000));
        await shared.clock.pass(3_000);
        const second = outcome(window.sessions.fresh('jane', 5_000));
        await shared.clock.pass(2_000);
        assert.deepEqual(await first, ['timeout', 5_000]);
        assert.deepEqual(await second, ['timeout', 2_000]);
        for (let call = 0; call < 8; call += 1) {
          const late = outcome(window.sessions.fresh('jane', 5_000));
          await shared.clock.pass(0);
          assert.deepEqual(await late, ['timeout', 0]);
        }
        assert.equal(requests(), 1);
      });

      it('returns a token that is still valid after the wait, and at once to later callers', async () => {
        await shared.clock.pass(hour - 30 * second);
        const first = outcome(window.sessions.fresh('jane', 5_000));
        await shared.clock.pass(5_000);
        assert.deepEqual(await first, ['a0', 5_000]);
        const late = outcome(window.sessions.fresh('jane', 5_000));
        await shared.clock.pass(0);
        assert.deepEqual(await late, ['a0', 0]);
      });

      it('remembers the failure when the request has timed out after 10 s', async () => {
        await shared.clock.pass(hour);
        void outcome(window.sessions.fresh('jane', 5_000));
        await shared.clock.pass(10_000);
        assert.deepEqual(await shared.clock.finish(outcome(window.sessions.fresh('jane', 5_000))), ['timeout', 0]);
        assert.equal(requests(), 1);
      });

      it('answers within the wait also when the clock is set back meanwhile', async () => {
        await shared.clock.pass(hour);
        void outcome(window.sessions.fresh('jane', 5_000));
        await shared.clock.pass(1_000);
        shared.clock.set(shared.clock.now() - minute);
        const later = outcome(window.sessions.fresh('jane', 5_000));
        let done = false;
        void later.then(() => (done = true));
        await shared.clock.pass(5_000);
        assert.ok(done);
      });
    });

    it('keeps what comes after all callers have left', async () => {
      await window.holds();
      await shared.clock.pass(hour);
      shared.http.takes = 7_000;
      shared.http.next(pair('a1', 'r1'));
      const work = outcome(window.sessions.fresh('jane', 5_000));
      await shared.clock.pass(5_000);
      assert.equal((await work)[0], 'timeout');
      await shared.clock.pass(2_000);
      assert.equal((await window.sessions.fresh('jane')).tokens.accessToken, 'a1');
      assert.equal(requests(), 1);
    });

    it('asks in a new window after the clock was set back, because the known expiry means nothing there', async () => {
      await window.holds();
      shared.clock.set(monday - 24 * hour);
      shared.http.next(pair('a1', 'r1'));
      const other = shared.window();
      assert.equal((await shared.clock.finish(other.sessions.fresh('jane'))).tokens.accessToken, 'a1');
      await shared.clock.finish(other.sessions.fresh('jane'));
      assert.equal(requests(), 1);
    });

    it('returns none in a new window after the clock was set back, where the server cannot be asked', async () => {
      await window.holds();
      shared.clock.set(monday - 600_000);
      const other = shared.window();
      const [code] = await shared.clock.finish(outcome(other.sessions.fresh('jane')));
      assert.equal(code, 'unreachable');
    });

    it('lets the token be valid for its own hour in a window that saw the clock being set back', async () => {
      await window.holds();
      await fresh();
      shared.clock.set(monday - 24 * hour);
      assert.equal((await fresh()).tokens.accessToken, 'a0');
      await shared.clock.pass(58 * minute);
      assert.equal((await fresh()).tokens.accessToken, 'a0');
      await shared.clock.pass(minute);
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.equal(requests(), 1);
    });

    it('counts from the clock of now where that was set back while the answer was waited for', async () => {
      await window.holds();
      await shared.clock.pass(hour);
      shared.http.takes = 2_000;
      shared.http.next(pair('a1', 'r1', 300));
      const work = window.sessions.fresh('jane');
      await shared.clock.pass(1_000);
      shared.clock.set(shared.clock.now() - 100_000);
      const { tokens } = await shared.clock.finish(work);
      assert.equal(tokens.accessTokenExpiresAt - shared.clock.now(), 298_000);
    });

    it('sees also a small step back, and several', async () => {
      await window.holds();
      await shared.clock.pass(30 * minute);
      await fresh();
      for (const step of [10, 5]) {
        shared.clock.set(shared.clock.now() - step * minute);
        await fresh();
      }
      await shared.clock.pass(29 * minute);
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh()).tokens.accessToken, 'a1');
    });

    it('does not go back to a pair that another window has refreshed since the sign-in began', async () => {
      await window.holds();
      const startedAt = shared.clock.now();
      await shared.clock.pass(10_000);
      shared.http.next(pair('a1', 'r1'));
      await shared.clock.finish(window.sessions.refreshNow('jane'));
      const answer = { kind: 'granted', accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 } as const;
      const { account, method } = window.store.find('jane')!;
      const session = await shared.clock.finish(
        window.sessions.add({
          kind: 'signedIn',
          account,
          method,
          answer: { ...answer, expiryIsEstimate: false, scopes: undefined },
          startedAt,
        }),
      );
      assert.equal(session.tokens.refreshToken, 'r1');
    });

    it('asks after a sleep past the expiry', async () => {
      await window.holds();
      shared.clock.set(monday + 10 * hour);
      shared.http.next(pair('a1', 'r1'));
      const session = await fresh();
      assert.ok(!isExpired(session.tokens, shared.clock.now()));
    });
  });

  describe('refreshNow', () => {
    it('asks although the token is young, and says whether it is another', async () => {
      await window.holds();
      shared.http.next(pair('a1', 'r1'));
      const first = await shared.clock.finish(window.sessions.refreshNow('jane'));
      assert.deepEqual([first.session.tokens.accessToken, first.isNewToken], ['a1', true]);
      await shared.clock.pass(48 * minute);
      shared.http.next(pair('a1', 'r1', 720));
      const again = await shared.clock.finish(window.sessions.refreshNow('jane'));
      assert.equal(again.isNewToken, false);
      assert.equal(again.session.tokens.accessTokenExpiresAt - shared.clock.now(), 12 * minute);
    });

    it('says what went wrong, although the token is valid, and the token stays', async () => {
      await window.holds();
      shared.http.next(answer(503));
      const work = window.sessions.refreshNow('jane');
      await assert.rejects(shared.clock.finish(work), { code: 'serverError', status: 503 });
      assert.equal((await window.sessions.fresh('jane')).tokens.accessToken, 'a0');
    });

    it('says that there is nothing to refresh with while the token is valid, and asks to sign in again after that', async () => {
      const { refreshToken: _none, ...tokens } = sampleTokens();
      await window.holds({ tokens });
      await assert.rejects(window.sessions.refreshNow('jane'), { code: 'noRefreshToken' });
      await shared.clock.pass(hour);
      await assert.rejects(shared.clock.finish(window.sessions.refreshNow('jane')), { code: 'signInAgain' });
      assert.equal(requests(), 0);
    });

    it('times out after 10 s', async () => {
      await window.holds();
      shared.http.always = 'hang';
      const before = shared.clock.now();
      await assert.rejects(shared.clock.finish(window.sessions.refreshNow('jane')), { code: 'timeout' });
      assert.equal(shared.clock.now() - before, 10_000);
    });
  });

  describe('signing in', () => {
    it('stores a session with all that the server said', async () => {
      const session = await window.sessions.add(signedIn());
      assert.deepEqual(session.account, jane);
      assert.equal(session.state, 'signedIn');
      assert.equal(session.signedInAt, monday);
      assert.deepEqual(session.tokens.scopes, ['entities_api']);
      assert.deepEqual(window.stored(session.id), session);
      assert.deepEqual(window.changes, [{ added: [session], removed: [], changed: [] }]);
    });

    it('again as the same account replaces the session under a new id, with one event, and keeps the label', async () => {
      const first = await window.sessions.add(signedIn());
      await shared.clock.pass(minute);
      const again = await window.sessions.add(
        signedIn({ accessToken: 'a2', refreshToken: 'r2' }, { ...jane, user: 'JANE@Acme.com' }),
      );
      assert.notEqual(again.id, first.id);
      assert.equal(accountLabel(again.account), accountLabel(first.account));
      assert.deepEqual(window.store.sessions, [again]);
      assert.deepEqual(window.changes.slice(1), [{ added: [again], removed: [first], changed: [] }]);
    });

    it('again brings a session back whose refresh token was dropped', async () => {
      const { refreshToken: _token, refreshTokenReceivedAt: _date, ...bare } = sampleTokens();
      await window.holds({ state: 'signInAgain', tokens: bare });
      const again = await window.sessions.add(signedIn());
      assert.deepEqual([again.state, again.tokens.refreshToken], ['signedIn', 'r1']);
    });

    it('again with the same tokens keeps their known expiry and their age', async () => {
      await window.holds();
      await shared.clock.pass(10 * minute);
      const again = await window.sessions.add(signedIn({ accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 }));
      assert.equal(again.tokens.accessTokenExpiresAt, monday + hour);
      assert.equal(again.tokens.refreshTokenReceivedAt, monday);
    });

    it('as another user, at another server or through another client adds a session beside the first', async () => {
      const accounts = [
        jane,
        { ...jane, user: 'omar@acme.com' },
        { ...jane, clientId: 'acme_dev' },
        { ...jane, identityServer: 'https://auth-stg.reltio.com' },
      ];
      for (const account of accounts) {
        await window.sessions.add(signedIn({}, account));
      }
      assert.deepEqual(
        window.store.sessions.map(({ account }) => account),
        accounts,
      );
      assert.ok(window.changes.every(({ removed }) => removed.length === 0));
    });

    it('works, for this window, although the storage refuses to keep it', async () => {
      window.secrets.failing = 'store';
      await window.clients.save(jane.identityServer, { id: 'reltio_ui', secret: 'secret' });
      const { id } = await window.sessions.add(signedIn());
      assert.equal((await window.sessions.fresh(id)).tokens.accessToken, 'a1');
      await shared.clock.pass(hour);
      shared.http.next(pair('a2', 'r2'));
      assert.equal((await fresh(id)).tokens.accessToken, 'a2');
    });

    it('works, for this window, although the storage cannot be read just then, and is written by itself', async () => {
      await window.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
      window.secrets.failing = 'get';
      const added = await window.sessions.add(signedIn());
      assert.equal(window.sessions.problem?.code, 'storeNotWritten');
      window.secrets.failing = undefined;
      await shared.clock.pass(5_000);
      assert.equal(window.stored(added.id)?.account.user, 'jane@acme.com');
      assert.ok(window.stored('omar'));
    });

    it('is refused where the store belongs to a newer version', async () => {
      shared.secrets.values.set('sessions', '{"version":99}');
      await assert.rejects(window.sessions.add(signedIn()), { code: 'storeNewer' });
    });
  });

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

  describe('the keyring', () => {
    it('that does not answer keeps VS Code, which asks several times in a row, waiting once', async () => {
      await window.holds();
      const late = shared.window();
      late.secrets.failing = 'hang';
      const before = shared.clock.now();
      for (let ask = 0; ask < 4; ask += 1) {
        assert.deepEqual(await shared.clock.finish(late.sessions.listSoon()), []);
      }
      assert.equal(shared.clock.now() - before, 5_000);
    });

    it('that does not answer makes no caller wait for more than 5 s', async () => {
      shared.stateFile.state = { storeId: 'x', revision: 1, sessions: 1 };
      window.secrets.get = () => new Promise(() => undefined);
      const start = shared.clock.now();
      const code = await shared.clock.finish(
        window.sessions.usable().catch((error: unknown) => (error as Failure).code),
      );
      assert.equal(code, 'sessionsUnreadable');
      assert.equal(shared.clock.now() - start, 5 * second);
    });
  });
});
