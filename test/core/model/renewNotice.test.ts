import assert from 'node:assert/strict';
import { dueReminders } from '../../../src/core/model/renewNotice';
import { monday } from '../../fakes/fakeClock';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';

const day = 24 * 3_600_000;

describe('the reminder to renew', () => {
  it('is one sentence a day in the last three days, for each account', () => {
    const session = sampleSession({ tokens: sampleTokens() });
    const due = (daysLater: number, reminded: Record<string, number> = {}) =>
      dueReminders([session], reminded, 28, monday + daysLater * day).length;
    assert.equal(due(24.9), 0);
    assert.equal(due(25.1), 1);
    assert.equal(due(29), 1);
    const key = 'https://auth.reltio.com/?client=reltio_ui&user=jane%40acme.com';
    assert.equal(due(25.5, { [key]: monday + 25.1 * day }), 0, 'once a day');
    assert.equal(due(26.2, { [key]: monday + 25.1 * day }), 1);
    assert.equal(due(26.2, { [key]: monday + 300 * day }), 1, 'a clock that was set back does not silence it');
  });

  it('is not shown for a sign-in that has expired, or that has no refresh token', () => {
    const { refreshToken: _token, refreshTokenReceivedAt: _at, ...bare } = sampleTokens();
    const sessions = [sampleSession({ state: 'signInAgain' }), sampleSession({ tokens: bare })];
    assert.deepEqual(dueReminders(sessions, {}, 28, monday + 27 * day), []);
  });

  it('starts three days before the end to the millisecond, and comes again after a whole day', () => {
    const session = sampleSession({ tokens: sampleTokens() });
    const start = monday + 25 * day;
    const due = (now: number, reminded: Record<string, number> = {}) => dueReminders([session], reminded, 28, now);
    assert.deepEqual(due(start - 1), []);
    assert.deepEqual(due(start), [{ session, expiresAt: monday + 28 * day }]);
    const key = 'https://auth.reltio.com/?client=reltio_ui&user=jane%40acme.com';
    assert.equal(due(start, { [key]: start }).length, 0, 'reminded in this millisecond');
    assert.equal(due(start + day - 1, { [key]: start }).length, 0);
    assert.equal(due(start + day, { [key]: start }).length, 1);
  });

  it('is for a token that was rejected too, which a new sign-in replaces', () => {
    const rejected = sampleSession({
      state: 'rejected',
      tokens: sampleTokens({ accessTokenExpiresAt: monday + 28 * day }),
    });
    assert.equal(dueReminders([rejected], {}, 28, monday + 26 * day).length, 1);
  });
});
