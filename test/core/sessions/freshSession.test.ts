import assert from 'node:assert/strict';
import type { Failure } from '../../../src/core/base/failure';
import type { Session } from '../../../src/core/model/session';
import { isExpired } from '../../../src/core/model/tokens';
import { monday } from '../../fakes/fakeClock';
import { answer, pair } from '../../fakes/fakeHttp';
import { jane, sampleSignIn, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('a fresh session', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(() => {
    shared = new Installation();
    core = shared.openCore();
  });

  const fresh = (id = 'jane', wait?: number): Promise<Session> => shared.clock.finish(core.sessions.fresh(id, wait));
  const requests = () => shared.http.requests.length;

  /** What a call brought, and after how many milliseconds. */
  async function outcome(work: Promise<Session>): Promise<readonly [string, number]> {
    const before = shared.clock.now();
    return work.then(
      ({ tokens }) => [tokens.accessToken, shared.clock.now() - before] as const,
      (error: unknown) => [(error as Failure).code, shared.clock.now() - before] as const,
    );
  }

  it('is returned at once, without a request, while more than a minute is left', async () => {
    const session = await core.holds();
    for (const passed of [0, hour - minute - 2, 1]) {
      await shared.clock.pass(passed);
      assert.deepEqual(await core.sessions.fresh('jane'), session);
    }
    assert.equal(requests(), 0);
  });

  it('gets a new token when a minute or less is left', async () => {
    await core.holds();
    await shared.clock.pass(hour - minute + 1);
    shared.http.next(pair('a1', 'r1'));
    assert.equal((await fresh()).tokens.accessToken, 'a1');
    assert.equal(requests(), 1);
  });

  it('is returned as it is while its token is valid, if nothing can refresh it, and costs nothing after that either', async () => {
    const { refreshToken: _none, ...tokens } = sampleTokens();
    const session = await core.holds({ tokens });
    let changes = 0;
    core.refresher.onDidChangeActivity(() => (changes += 1));
    const locks = shared.lockFolder.files.size;
    await shared.clock.pass(hour - 1);
    assert.deepEqual(await core.sessions.fresh('jane'), session);
    await shared.clock.pass(1);
    await assert.rejects(core.sessions.fresh('jane'), { code: 'signInAgain', host: 'auth.reltio.com' });
    assert.deepEqual([changes, shared.lockFolder.files.size], [0, locks]);
  });

  it('is not returned while an environment rejects its token', async () => {
    await core.holds({ state: 'rejected' });
    await assert.rejects(core.sessions.fresh('jane'), { code: 'tokenRejected', host: 'auth.reltio.com' });
  });

  it('makes one request for a hundred callers at once, whatever they do with it', async () => {
    await core.holds();
    await shared.clock.pass(hour);
    shared.http.takes = 300;
    shared.http.next(pair('a1', 'r1'));
    const callers = Array.from({ length: 100 }, (_, index) =>
      index % 10 === 0 ? core.sessions.refreshNow('jane').then(({ session }) => session) : core.sessions.fresh('jane'),
    );
    const all = await shared.clock.finish(Promise.all(callers));
    assert.ok(all.every(({ tokens }) => tokens.accessToken === 'a1'));
    assert.equal(requests(), 1);
  });

  it('makes one request for each of several sessions', async () => {
    for (const id of ['one', 'two', 'three']) {
      await core.holds({ id, tokens: sampleTokens({ refreshToken: `r-${id}` }) });
    }
    await shared.clock.pass(hour);
    shared.http.takes = 10;
    shared.http.always = pair('a1', 'r1');
    const ids = ['one', 'two', 'three', 'one', 'two', 'three'];
    await shared.clock.finish(Promise.all(ids.map((id) => core.sessions.fresh(id))));
    assert.deepEqual(shared.http.requests.map(({ form }) => form['refresh_token']).toSorted(), [
      'r-one',
      'r-three',
      'r-two',
    ]);
  });

  it('starts nothing by itself: without a caller, no request is sent however long it takes', async () => {
    await core.holds();
    await core.sessions.fresh('jane');
    await shared.clock.pass(30 * 24 * hour);
    assert.equal(requests(), 0);
    assert.equal(await outcomeCode(), 'unreachable');
    assert.equal(shared.clock.waiting, 0);
    await shared.clock.pass(30 * 24 * hour);
    assert.equal(requests(), 1);

    async function outcomeCode(): Promise<string> {
      return (await shared.clock.finish(outcome(core.sessions.fresh('jane'))))[0];
    }
  });

  it('fails for a session that does not exist', async () => {
    await assert.rejects(core.sessions.fresh('unknown'), { code: 'signedOut' });
    await assert.rejects(core.sessions.refreshNow('unknown'), { code: 'signedOut' });
    assert.equal(await core.sessions.signOut('unknown', 'atReltioToo'), undefined);
    assert.equal(requests(), 0);
  });

  describe('when Reltio returns the same token', () => {
    it('before its expiry: sends no request until then, and one after it', async () => {
      await core.holds();
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
      await core.holds();
      await shared.clock.pass(hour - 50 * second);
      shared.http.always = pair('a0', 'r0', 3600);
      assert.equal((await fresh()).tokens.accessTokenExpiresAt, monday + hour);
      assert.equal(requests(), 1);
    });

    it('after its expiry with a full hour: uses that', async () => {
      await core.holds();
      await shared.clock.pass(hour);
      shared.http.always = pair('a0', 'r0', 3600);
      assert.equal((await fresh()).tokens.accessTokenExpiresAt, monday + 2 * hour);
      await shared.clock.pass(hour - 2 * minute);
      await fresh();
      assert.equal(requests(), 1);
    });

    it('after its expiry with little time left: uses that, and refreshes again when it has expired', async () => {
      await core.holds();
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

    it('after its expiry with no time left: returns it to no caller, and refreshes less and less often', async () => {
      await core.holds();
      await shared.clock.pass(hour);
      shared.http.always = pair('a0', 'r0', 0);
      for (let call = 0; call < 60; call += 1) {
        assert.equal((await shared.clock.finish(outcome(core.sessions.fresh('jane'))))[0], 'tokenUnchanged');
        await shared.clock.pass(second);
      }
      const soon = Array.from({ length: 24 }, (_, count) => count * 1.5); // another token is due any moment
      assert.deepEqual(
        shared.http.times,
        [...soon, 37.5, 39, 46, 47.5, 62.5, 64].map((seconds) => seconds * second),
      );
      assert.equal(core.stored()?.tokens.refreshToken, 'r0');
    });
  });

  describe('after a failure', () => {
    it('answers at once from memory, and tries again after 1, 3, 7, 15 and 60 s, only on a call', async () => {
      await core.holds();
      await shared.clock.pass(hour);
      shared.http.takes = 0;
      for (let half = 0; half <= 2 * 150; half += 1) {
        const [what, took] = await shared.clock.finish(outcome(core.sessions.fresh('jane')));
        assert.deepEqual([what, took], ['unreachable', 0]);
        await shared.clock.pass(500);
      }
      assert.deepEqual(
        shared.http.times,
        [0, 1, 4, 11, 26, 86, 146].map((seconds) => seconds * second),
      );
    });

    it('is remembered for the identity server: other sessions there send no request either', async () => {
      await core.holds({ id: 'jane' });
      await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
      const staging = { ...jane, identityServer: 'https://auth-stg.reltio.com' };
      await core.holds({ id: 'staging', account: staging });
      await shared.clock.pass(hour);
      await shared.clock.finish(outcome(core.sessions.fresh('jane')));
      assert.deepEqual(await shared.clock.finish(outcome(core.sessions.fresh('omar'))), ['unreachable', 0]);
      assert.equal(requests(), 1);
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh('staging')).tokens.accessToken, 'a1');
    });

    it('is forgotten when it succeeds for another session there', async () => {
      await core.holds({ id: 'jane' });
      await core.holds({
        id: 'omar',
        account: { ...jane, user: 'omar@acme.com' },
        tokens: sampleTokens({ refreshToken: 'ro' }),
      });
      await shared.clock.pass(hour);
      await shared.clock.finish(outcome(core.sessions.fresh('jane')));
      shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
      await shared.clock.finish(core.sessions.refreshNow('omar'));
      assert.equal((await fresh('jane')).tokens.accessToken, 'a2');
    });

    it('is forgotten after a sign-in there', async () => {
      await core.holds({ id: 'jane' });
      await shared.clock.pass(hour);
      await shared.clock.finish(outcome(core.sessions.fresh('jane')));
      await core.sessions.add(sampleSignIn(shared.clock.now(), {}, { ...jane, user: 'omar@acme.com' }));
      shared.http.next(pair('a2', 'r2'));
      assert.equal((await fresh('jane')).tokens.accessToken, 'a2');
    });

    it('is forgotten after a success: the next back-off starts at one second again', async () => {
      await core.holds();
      await shared.clock.pass(hour);
      shared.http.next({ kind: 'failure', code: 'unreachable' }, pair('a1', 'r1'));
      await shared.clock.finish(outcome(core.sessions.fresh('jane')));
      await shared.clock.pass(second);
      await fresh();
      await shared.clock.pass(hour);
      await shared.clock.finish(outcome(core.sessions.fresh('jane')));
      await shared.clock.pass(second);
      await shared.clock.finish(outcome(core.sessions.fresh('jane')));
      assert.equal(requests(), 4);
    });

    it('starts at one second again after a manual refresh has failed too', async () => {
      await core.holds();
      await shared.clock.pass(hour);
      for (const wait of [1, 3, 7]) {
        await shared.clock.finish(outcome(core.sessions.fresh('jane')));
        await shared.clock.pass(wait * second);
      }
      await assert.rejects(shared.clock.finish(core.sessions.refreshNow('jane')));
      await shared.clock.pass(second);
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh()).tokens.accessToken, 'a1');
    });

    it('returns a token that is still valid, without a request', async () => {
      await core.holds({ tokens: sampleTokens({ accessTokenExpiresAt: monday + 50 * second }) });
      await shared.clock.pass(10 * second);
      await fresh();
      assert.deepEqual(await shared.clock.finish(outcome(core.sessions.fresh('jane'))), ['a0', 0]);
      assert.equal(requests(), 1);
    });

    it('is forgotten by a manual refresh, which sends a request at once', async () => {
      await core.holds();
      await shared.clock.pass(hour);
      await shared.clock.finish(outcome(core.sessions.fresh('jane')));
      shared.http.next(pair('a1', 'r1'));
      const { session } = await shared.clock.finish(core.sessions.refreshNow('jane'));
      assert.equal(session.tokens.accessToken, 'a1');
      assert.equal(requests(), 2);
    });

    it('of one client does not block another at the same server', async () => {
      await core.holds({ id: 'jane' });
      await core.holds({ id: 'dev', account: { ...jane, clientId: 'acme_dev' } }, { id: 'acme_dev', secret: 'x' });
      await shared.clock.pass(hour);
      shared.http.next(answer(401, { error: 'invalid_client' }), pair('a1', 'r1'));
      assert.equal((await shared.clock.finish(outcome(core.sessions.fresh('jane'))))[0], 'clientRejected');
      assert.equal((await fresh('dev')).tokens.accessToken, 'a1');
    });

    it('of one session does not block another', async () => {
      await core.holds({ id: 'jane' });
      await core.holds({
        id: 'omar',
        account: { ...jane, user: 'omar@acme.com' },
        tokens: sampleTokens({ refreshToken: 'ro' }),
      });
      await shared.clock.pass(hour);
      shared.http.next(answer(400, { error: 'invalid_request' }), pair('a1', 'r1'));
      assert.equal((await shared.clock.finish(outcome(core.sessions.fresh('jane'))))[0], 'requestRefused');
      assert.equal((await fresh('omar')).tokens.accessToken, 'a1');
    });
  });

  describe('while the server hangs', () => {
    beforeEach(async () => {
      await core.holds();
      shared.http.always = 'hang';
    });

    it('answers the first caller within its wait, later ones within what is left of it, then at once', async () => {
      await shared.clock.pass(hour);
      const first = outcome(core.sessions.fresh('jane', 5_000));
      await shared.clock.pass(3_000);
      const second = outcome(core.sessions.fresh('jane', 5_000));
      await shared.clock.pass(2_000);
      assert.deepEqual(await first, ['timeout', 5_000]);
      assert.deepEqual(await second, ['timeout', 2_000]);
      for (let call = 0; call < 8; call += 1) {
        const late = outcome(core.sessions.fresh('jane', 5_000));
        await shared.clock.pass(0);
        assert.deepEqual(await late, ['timeout', 0]);
      }
      assert.equal(requests(), 1);
    });

    it('returns a token that is still valid after the wait, and at once to later callers', async () => {
      await shared.clock.pass(hour - 30 * second);
      const first = outcome(core.sessions.fresh('jane', 5_000));
      await shared.clock.pass(5_000);
      assert.deepEqual(await first, ['a0', 5_000]);
      const late = outcome(core.sessions.fresh('jane', 5_000));
      await shared.clock.pass(0);
      assert.deepEqual(await late, ['a0', 0]);
    });

    it('remembers the failure when the request has timed out after 10 s', async () => {
      await shared.clock.pass(hour);
      void outcome(core.sessions.fresh('jane', 5_000));
      await shared.clock.pass(10_000);
      assert.deepEqual(await shared.clock.finish(outcome(core.sessions.fresh('jane', 5_000))), ['timeout', 0]);
      assert.equal(requests(), 1);
    });

    it('answers within the wait even when the clock is set back meanwhile', async () => {
      await shared.clock.pass(hour);
      void outcome(core.sessions.fresh('jane', 5_000));
      await shared.clock.pass(1_000);
      shared.clock.set(shared.clock.now() - minute);
      const later = outcome(core.sessions.fresh('jane', 5_000));
      let done = false;
      void later.then(() => (done = true));
      await shared.clock.pass(5_000);
      assert.ok(done);
    });
  });

  it('stores an answer that arrives after all callers have left', async () => {
    await core.holds();
    await shared.clock.pass(hour);
    shared.http.takes = 7_000;
    shared.http.next(pair('a1', 'r1'));
    const work = outcome(core.sessions.fresh('jane', 5_000));
    await shared.clock.pass(5_000);
    assert.equal((await work)[0], 'timeout');
    await shared.clock.pass(2_000);
    assert.equal((await core.sessions.fresh('jane')).tokens.accessToken, 'a1');
    assert.equal(requests(), 1);
  });

  it('refreshes in a new window after the clock was set back, because the known expiry means nothing there', async () => {
    await core.holds();
    shared.clock.set(monday - 24 * hour);
    shared.http.next(pair('a1', 'r1'));
    const other = shared.openCore();
    assert.equal((await shared.clock.finish(other.sessions.fresh('jane'))).tokens.accessToken, 'a1');
    await shared.clock.finish(other.sessions.fresh('jane'));
    assert.equal(requests(), 1);
  });

  it('returns none in a new window after the clock was set back, when the server does not answer', async () => {
    await core.holds();
    shared.clock.set(monday - 600_000);
    const other = shared.openCore();
    const [code] = await shared.clock.finish(outcome(other.sessions.fresh('jane')));
    assert.equal(code, 'unreachable');
  });

  it('keeps the token valid for its full hour in a window that was open when the clock was set back', async () => {
    await core.holds();
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

  it('counts from the current clock when it was set back while waiting for the answer', async () => {
    await core.holds();
    await shared.clock.pass(hour);
    shared.http.takes = 2_000;
    shared.http.next(pair('a1', 'r1', 300));
    const work = core.sessions.fresh('jane');
    await shared.clock.pass(1_000);
    shared.clock.set(shared.clock.now() - 100_000);
    const { tokens } = await shared.clock.finish(work);
    assert.equal(tokens.accessTokenExpiresAt - shared.clock.now(), 298_000);
  });

  it('detects small steps back, and several of them', async () => {
    await core.holds();
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

  it('does not return to a pair that another window has refreshed since the sign-in began', async () => {
    await core.holds();
    const startedAt = shared.clock.now();
    await shared.clock.pass(10_000);
    shared.http.next(pair('a1', 'r1'));
    await shared.clock.finish(core.sessions.refreshNow('jane'));
    const answer = { kind: 'granted', accessToken: 'a0', refreshToken: 'r0', expiresIn: 3600 } as const;
    const { account, method } = core.store.find('jane')!;
    const session = await shared.clock.finish(
      core.sessions.add({
        kind: 'signedIn',
        account,
        method,
        answer: { ...answer, expiryIsEstimate: false, scopes: undefined },
        startedAt,
      }),
    );
    assert.equal(session.tokens.refreshToken, 'r1');
  });

  it('refreshes after a sleep past the expiry', async () => {
    await core.holds();
    shared.clock.set(monday + 10 * hour);
    shared.http.next(pair('a1', 'r1'));
    const session = await fresh();
    assert.ok(!isExpired(session.tokens, shared.clock.now()));
  });
});
