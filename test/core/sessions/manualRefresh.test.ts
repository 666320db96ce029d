import assert from 'node:assert/strict';
import { answer, pair } from '../../fakes/fakeHttp';
import { sampleTokens } from '../../fakes/sampleSession';
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
    await assert.rejects(core.sessions.refreshNow('jane'), { code: 'noRefreshToken' });
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
});
