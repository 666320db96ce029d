import assert from 'node:assert/strict';
import { canRefresh, howItRefreshes, isCheckedFirst, needsRefresh } from '../../../src/core/model/refreshMeans';
import type { Session } from '../../../src/core/model/session';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { monday } from '../../fakes/fakeClock';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const session = (changes: Partial<Session> = {}): Session => Object.freeze(sampleSession(changes));
const unrefreshable = (): Session => session({ tokens: withoutRefreshToken(sampleTokens()) });
const ofClient = (): Session => session({ renewal: 'clientAgain', tokens: withoutRefreshToken(sampleTokens()) });

describe('howItRefreshes', () => {
  it('uses the refresh token, if there is one', () => {
    assert.deepEqual(howItRefreshes(session()), { kind: 'refreshToken', refreshToken: 'r0' });
    assert.ok(canRefresh(session()));
  });

  it('does nothing without one', () => {
    assert.deepEqual(howItRefreshes(unrefreshable()), { kind: 'none' });
    assert.ok(!canRefresh(unrefreshable()));
  });

  it('does nothing when its method says so, whatever tokens the server returned', () => {
    assert.deepEqual(howItRefreshes(session({ renewal: 'none' })), { kind: 'none' });
    assert.deepEqual(howItRefreshes(session({ renewal: 'refreshToken' })), howItRefreshes(session()));
  });

  it('lets the client ask again when its method says so', () => {
    assert.deepEqual(howItRefreshes(ofClient()), { kind: 'clientAgain' });
    assert.deepEqual(howItRefreshes(session({ renewal: 'clientAgain' })), { kind: 'clientAgain' });
    assert.ok(canRefresh(ofClient()));
  });
});

describe('needsRefresh', () => {
  const moments = [monday, monday + hour - minute + 1, monday + hour - 1, monday + hour, monday + 24 * hour];
  const due = (one: Session) => moments.map((now) => needsRefresh(one, now));

  it('is true in the last minute for a refresh token, and only after the expiry for a client', () => {
    assert.deepEqual(due(session()), [false, true, true, true, true]);
    assert.deepEqual(due(ofClient()), [false, false, false, true, true]);
  });

  it('is true earlier for a caller who needs the token for longer, but not for a client, which would get the same token', () => {
    const dueFor = (one: Session, minimum: number) => needsRefresh(one, monday + hour / 2, minimum);
    assert.deepEqual(
      [second, hour / 2 - 1, hour / 2, 2 * hour].map((minimum) => dueFor(session(), minimum)),
      [false, false, true, true],
    );
    assert.ok(!dueFor(ofClient(), 2 * hour));
    assert.ok(!needsRefresh(session(), monday, 2 * hour), 'Reltio has just returned it');
  });

  it('is true for both if the clock was set back, so that the expiry is unknown', () => {
    for (const one of [session(), ofClient()]) {
      assert.ok(needsRefresh(one, monday - hour));
      assert.ok(!needsRefresh(one, monday - second), 'a normal correction of the clock');
    }
  });
});

describe('isCheckedFirst', () => {
  it('is for a token of a client that nobody disputes and that has not expired', () => {
    assert.equal(isCheckedFirst(ofClient(), monday), true);
    assert.equal(isCheckedFirst(ofClient(), monday + hour), false);
    assert.equal(isCheckedFirst({ ...ofClient(), state: 'rejected' }, monday), false);
  });

  it('is not for a session with a refresh token, which is refreshed at once', () => {
    assert.equal(isCheckedFirst(session(), monday), false);
    assert.equal(isCheckedFirst(unrefreshable(), monday), false);
  });
});
