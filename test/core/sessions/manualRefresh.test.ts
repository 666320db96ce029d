import assert from 'node:assert/strict';
import { CallLimits } from '../../../src/core/calls/callLimits';
import { FileLock } from '../../../src/core/locking/fileLock';
import { refreshLock } from '../../../src/core/model/account';
import { answer, badClient, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('a manual refresh', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(() => {
    shared = new Installation();
    core = shared.openCore();
  });

  const requests = () => shared.http.requests.length;

  it('asks although the token is young, and says whether it is another', async () => {
    await core.holds();
    shared.http.next(pair('a1', 'r1'));
    const first = await shared.clock.finish(core.sessions.refreshNow('jane'));
    assert.deepEqual([first.session.tokens.accessToken, first.isNewToken], ['a1', true]);
    await shared.clock.pass(48 * minute);
    shared.http.next(pair('a1', 'r1', 720));
    const again = await shared.clock.finish(core.sessions.refreshNow('jane'));
    assert.equal(again.isNewToken, false);
    assert.equal(again.session.tokens.accessTokenExpiresAt - shared.clock.now(), 12 * minute);
  });

  it('says what went wrong, although the token is valid, and the token stays', async () => {
    await core.holds();
    shared.http.next(answer(503));
    const work = core.sessions.refreshNow('jane');
    await assert.rejects(shared.clock.finish(work), { code: 'serverError', status: 503 });
    assert.equal((await core.sessions.fresh('jane')).tokens.accessToken, 'a0');
  });

  it('ends the outage also where Reltio returns the token that we had', async () => {
    const session = await core.holds();
    shared.http.next(answer(503), pair('a0', 'r0'));
    await assert.rejects(shared.clock.finish(core.sessions.refreshNow('jane')), { code: 'serverError' });
    assert.equal(core.sessions.activity(session).outage?.failure.code, 'serverError');
    await shared.clock.pass(10 * second);
    const { isNewToken } = await shared.clock.finish(core.sessions.refreshNow('jane'));
    assert.deepEqual([isNewToken, core.sessions.activity(session).outage], [false, undefined]);
  });

  it('says that there is nothing to refresh with while the token is valid, and asks to sign in again after that', async () => {
    const { refreshToken: _none, ...tokens } = sampleTokens();
    await core.holds({ tokens });
    await assert.rejects(core.sessions.refreshNow('jane'), { code: 'noRefreshToken', host: 'auth.reltio.com' });
    await shared.clock.pass(hour);
    await assert.rejects(shared.clock.finish(core.sessions.refreshNow('jane')), { code: 'signInAgain' });
    assert.equal(requests(), 0);
  });

  it('times out after 10 s', async () => {
    await core.holds();
    shared.http.always = 'hang';
    const before = shared.clock.now();
    await assert.rejects(shared.clock.finish(core.sessions.refreshNow('jane')), { code: 'timeout' });
    assert.equal(shared.clock.now() - before, 10_000);
  });

  it('asks to sign in again at once where Reltio has rejected the refresh token, although the token is valid', async () => {
    const { refreshToken: _none, ...tokens } = sampleTokens();
    await core.holds({ state: 'signInAgain', tokens });
    await assert.rejects(shared.clock.finish(core.sessions.refreshNow('jane')), { code: 'signInAgain' });
    assert.equal(requests(), 0);
  });

  it('joins one that a caller needs, and counts as none of the user', async () => {
    await core.holds();
    await shared.clock.pass(hour);
    shared.http.takes = 2 * second;
    shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
    const caller = core.sessions.fresh('jane');
    await shared.clock.pass(second);
    const joined = await shared.clock.finish(core.sessions.refreshNow('jane'));
    assert.deepEqual([joined.session, requests()], [await caller, 1]);
    const next = await shared.clock.finish(core.sessions.refreshNow('jane'));
    assert.deepEqual([next.session.tokens.accessToken, next.nextAt], ['a2', undefined]);
  });

  it('joins the one that is under way', async () => {
    await core.holds();
    shared.http.takes = 3 * second;
    shared.http.next(pair('a1', 'r1'));
    const [first, joined] = [core.sessions.refreshNow('jane'), core.sessions.refreshNow('jane')];
    assert.equal(await shared.clock.finish(joined), await first, 'the same result');
    assert.equal((await first).isNewToken, true);
    await shared.clock.pass(10 * second);
    shared.http.next(pair('a2', 'r2'));
    assert.equal((await shared.clock.finish(core.sessions.refreshNow('jane'))).session.tokens.accessToken, 'a2');
  });

  it('says which host it was that answered for an hour with errors', async () => {
    await core.holds({ refreshErrors: { from: shared.clock.now() - hour, to: shared.clock.now() } });
    await shared.clock.pass(hour);
    shared.http.next(answer(503));
    await assert.rejects(shared.clock.finish(core.sessions.refreshNow('jane')), {
      code: 'refreshKeepsFailing',
      host: 'auth.reltio.com',
      status: 503,
    });
  });

  describe('within ten seconds of another', () => {
    const refresh = (by = core) => shared.clock.finish(by.sessions.refreshNow('jane'));
    /** As a window does that is killed before it sends its request. */
    const takePermit = () =>
      new CallLimits(shared.callFolder, shared.clock, shared.log).take('refresh', 10_000, 'jane');

    it('sends nothing and has the result of the first, in this window and in others, with the time of the next', async () => {
      await core.holds();
      const other = shared.openCore();
      shared.http.next(pair('a1', 'r1'));
      await refresh();
      const nextAt = shared.clock.now() + 10 * second;
      await shared.clock.pass(4 * second);
      for (const one of [core, other]) {
        const { session, isNewToken, ...rest } = await refresh(one);
        assert.deepEqual([session.tokens.accessToken, isNewToken, rest], ['a1', false, { nextAt }]);
      }
      assert.equal(requests(), 1);
      await shared.clock.pass(6 * second - 1);
      assert.equal((await refresh()).nextAt, nextAt);
      await shared.clock.pass(1);
      shared.http.next(pair('a2', 'r2'));
      assert.equal((await refresh(other)).session.tokens.accessToken, 'a2');
    });

    it('says that the token of another window is new here', async () => {
      await core.holds();
      const other = shared.openCore();
      await other.sessions.list();
      shared.secrets.arrivesAfter = second;
      shared.http.next(pair('a1', 'r1'));
      await refresh();
      const { session, isNewToken } = await refresh(other);
      assert.deepEqual([session.tokens.accessToken, isNewToken, requests()], ['a1', true, 1]);
    });

    it('says what went wrong the first time, and when to try again', async () => {
      await core.holds();
      shared.http.next(answer(503));
      await assert.rejects(refresh(), { code: 'serverError' });
      const retryAt = shared.clock.now() + 10 * second;
      await shared.clock.pass(second);
      await assert.rejects(refresh(), (error: Error & Record<string, unknown>) => {
        assert.deepEqual(
          [error['code'], error['host'], error['retryAt']],
          ['askedJustNow', 'auth.reltio.com', retryAt],
        );
        assert.equal((error.cause as { code?: string }).code, 'serverError');
        return true;
      });
      assert.equal(requests(), 1);
    });

    it('passes no token off as the result that was there long before', async () => {
      await core.holds();
      await shared.clock.pass(20 * second - 1);
      await takePermit();
      assert.equal((await refresh()).session.tokens.accessToken, 'a0', 'received less than twenty seconds ago');
      await shared.clock.pass(1);
      await assert.rejects(refresh(), (error: Error & Record<string, unknown>) => {
        assert.deepEqual([error['code'], error.cause], ['askedJustNow', undefined]);
        return true;
      });
      assert.equal(requests(), 0);
    });

    it('passes no token off as the result that has expired since', async () => {
      await core.holds();
      shared.http.next(pair('a1', 'r1', 3));
      await refresh();
      await shared.clock.pass(3 * second);
      await assert.rejects(refresh(), { code: 'askedJustNow' });
      assert.equal(requests(), 1);
    });

    it('asks to sign in again if the first one has shown that nothing else helps', async () => {
      await core.holds();
      shared.http.next(invalidRefreshToken());
      const other = shared.openCore();
      await other.sessions.list();
      shared.secrets.arrivesAfter = second; // the other window does not know yet
      await assert.rejects(refresh(), { code: 'signInAgain' });
      await assert.rejects(refresh(other), { code: 'signInAgain', host: 'auth.reltio.com' });
      assert.equal(requests(), 1);
    });

    it('waits ten seconds for a window that is still at it', async () => {
      await core.holds();
      const other = new FileLock(shared.lockFolder, shared.clock, core.random, shared.log);
      await shared.clock.finish(other.acquire(refreshLock(jane), minute));
      await takePermit();
      const before = shared.clock.now();
      await assert.rejects(refresh(), { code: 'timeout', host: 'auth.reltio.com' });
      assert.equal(shared.clock.now() - before, 10_000);
    });

    it('is sent for another account', async () => {
      await core.holds();
      await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
      shared.http.next(pair('a1', 'r1'), pair('b1', 's1'));
      await refresh();
      const { session } = await shared.clock.finish(core.sessions.refreshNow('omar'));
      assert.equal(session.tokens.accessToken, 'b1');
    });
  });

  describe('with a new client secret', () => {
    const refresh = () => core.sessions.refreshNow('jane', 'newSecret');

    it('is sent also within ten seconds of another, after the one under way', async () => {
      await core.holds();
      shared.http.takes = 2 * second;
      shared.http.next(answer(503), pair('a1', 'r1'));
      const first = core.sessions.refreshNow('jane').catch(() => undefined);
      await shared.clock.pass(second);
      const { session, isNewToken } = await shared.clock.finish(refresh());
      await first;
      assert.deepEqual([session.tokens.accessToken, isNewToken], ['a1', true]);
      assert.deepEqual(shared.http.times, [0, 2_000]);
    });

    it('tries it in one way only, because the client is not one that may be accepted in two', async () => {
      await core.holds();
      shared.http.next(badClient, pair('a1', 'r1'));
      await assert.rejects(shared.clock.finish(refresh()), { code: 'clientRejected' });
      assert.equal(requests(), 1);
    });

    it('joins the one under way if that is not over after ten seconds', async () => {
      const session = await core.holds();
      const other = new FileLock(shared.lockFolder, shared.clock, core.random, shared.log);
      await shared.clock.finish(other.acquire(refreshLock(jane), minute));
      const before = shared.clock.now();
      core.refresher.refresh(session);
      await assert.rejects(shared.clock.finish(refresh()), { code: 'lockBusy', host: 'auth.reltio.com' });
      assert.equal(shared.clock.now() - before, 10_000);
    });
  });

  it('tells a token that a server rejects from one that is new', async () => {
    await core.holds(sampleSession({ state: 'rejected' }));
    shared.http.next(pair('a0', 'r0', 600));
    await assert.rejects(shared.clock.finish(core.sessions.refreshNow('jane')), {
      code: 'tokenRejected',
      host: 'auth.reltio.com',
    });
    await shared.clock.pass(10 * second);
    shared.http.next(pair('a1', 'r1'));
    assert.equal((await shared.clock.finish(core.sessions.refreshNow('jane'))).isNewToken, true);
  });
});
