import assert from 'node:assert/strict';
import fc from 'fast-check';
import { receive } from '../../../src/core/model/receive';
import {
  isExpired,
  isShortLivedAndNew,
  timeLeft,
  refreshMargin,
  shouldRefresh,
  withoutRefreshToken,
  type Tokens,
} from '../../../src/core/model/tokens';
import { monday } from '../../fakes/fakeClock';
import { grantedToken, sampleTokens } from '../../fakes/sampleSession';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

describe('receive', () => {
  it('counts the expiry from the start of the request', () => {
    const tokens = receive(undefined, grantedToken({ expiresIn: 1887 }), monday);
    assert.equal(tokens.accessTokenExpiresAt, monday + 1887 * second);
    assert.equal(timeLeft(tokens, monday + 30 * second), 1857 * second);
    assert.equal(tokens.accessTokenReceivedAt, monday);
  });

  it('marks an expiry that the server did not state as an estimate, until it states one', () => {
    const guessed = receive(undefined, grantedToken({ expiryIsEstimate: true }), monday);
    assert.ok(guessed.expiryIsEstimate);
    assert.ok(!receive(guessed, grantedToken({ accessToken: 'a2' }), monday + hour).expiryIsEstimate);
    assert.ok(receive(guessed, grantedToken({ expiryIsEstimate: true }), monday + minute).expiryIsEstimate);
    assert.ok(!receive(guessed, grantedToken({ expiresIn: 600 }), monday + minute).expiryIsEstimate);
  });

  describe('the same access token', () => {
    const before = sampleTokens();
    const same = (expiresIn: number, at: number) => receive(before, grantedToken({ accessToken: 'a0', expiresIn }), at);

    it('before its known expiry: keeps the earlier one and is not requested again until then', () => {
      for (const at of [monday + minute, monday + hour - 30 * second, monday + hour - 1]) {
        const tokens = same(3600, at);
        assert.equal(tokens.accessTokenExpiresAt, monday + hour);
        assert.ok(!shouldRefresh(tokens, at));
        assert.ok(!shouldRefresh(tokens, monday + hour - 1));
        assert.ok(shouldRefresh(tokens, monday + hour));
      }
    });

    it('before its known expiry: takes one that is earlier still', () => {
      const tokens = same(60, monday + minute);
      assert.equal(tokens.accessTokenExpiresAt, monday + 2 * minute);
      assert.ok(!shouldRefresh(tokens, monday + 2 * minute - 1));
      assert.ok(shouldRefresh(tokens, monday + 2 * minute));
    });

    it('at or after its known expiry: takes the new one, because the server says that it is valid', () => {
      for (const at of [monday + hour, monday + hour + 1, monday + 5 * hour]) {
        const tokens = same(3600, at);
        assert.equal(tokens.accessTokenExpiresAt, at + hour);
        assert.equal(timeLeft(tokens, at), hour);
      }
    });

    it('at or after its known expiry: is requested at most once a minute while it is valid, and at once when it has expired', () => {
      const at = monday + hour;
      for (const expiresIn of [0, 5, 30]) {
        const tokens = same(expiresIn, at);
        const expiresAt = at + expiresIn * second;
        assert.ok(!shouldRefresh(tokens, expiresAt - 1) || expiresIn === 0);
        assert.ok(shouldRefresh(tokens, expiresAt));
      }
      const long = same(70, at);
      assert.ok(!shouldRefresh(long, at + minute - 1));
      assert.ok(shouldRefresh(long, at + minute));
    });

    it('at or after its known expiry, with no expires_in: is valid for a minute at a time', () => {
      const silent = grantedToken({ accessToken: 'a0', expiryIsEstimate: true });
      const at = monday + hour;
      const tokens = receive(before, silent, at);
      assert.equal(timeLeft(tokens, at), minute);
      assert.ok(tokens.expiryIsEstimate);
      assert.ok(!shouldRefresh(tokens, at + minute - 1));
      assert.equal(timeLeft(receive(tokens, silent, at + minute), at + minute), minute);
      const never = receive(undefined, silent, monday); // a server that never states it
      assert.equal(timeLeft(receive(never, silent, at), at), hour);
    });

    it('before its known expiry, with no expires_in: changes nothing that is known', () => {
      const stated = receive(undefined, grantedToken({ accessToken: 'a0', expiresIn: 7200 }), monday);
      const silent = receive(stated, grantedToken({ accessToken: 'a0', expiryIsEstimate: true }), monday + minute);
      assert.equal(silent.accessTokenExpiresAt, monday + 2 * hour);
      assert.ok(!silent.expiryIsEstimate);
    });

    it('before an estimated expiry: a later one that is stated leaves it an estimate', () => {
      const guessed = receive(undefined, grantedToken({ accessToken: 'a0', expiryIsEstimate: true }), monday);
      const stated = receive(guessed, grantedToken({ accessToken: 'a0', expiresIn: 7200 }), monday + minute);
      assert.equal(stated.accessTokenExpiresAt, monday + hour);
      assert.ok(stated.expiryIsEstimate);
    });

    it('at or after its known expiry, with no time left: has expired', () => {
      assert.ok(isExpired(same(0, monday + hour), monday + hour));
    });

    it('keeps the time at which it was first received', () => {
      assert.equal(same(3600, monday + minute).accessTokenReceivedAt, monday);
      assert.equal(same(3600, monday + 2 * hour).accessTokenReceivedAt, monday);
    });
  });

  describe('the refresh token', () => {
    it('is replaced by a rotated one, with its own age', () => {
      const tokens = receive(sampleTokens(), grantedToken(), monday + hour);
      assert.deepEqual([tokens.refreshToken, tokens.refreshTokenReceivedAt], ['r1', monday + hour]);
    });

    it('keeps its age when the same one comes back', () => {
      const tokens = receive(sampleTokens(), grantedToken({ refreshToken: 'r0' }), monday + hour);
      assert.deepEqual([tokens.refreshToken, tokens.refreshTokenReceivedAt], ['r0', monday]);
    });

    it('stays when the answer contains none', () => {
      const tokens = receive(sampleTokens(), grantedToken({ refreshToken: undefined }), monday + hour);
      assert.deepEqual([tokens.refreshToken, tokens.refreshTokenReceivedAt], ['r0', monday]);
    });

    it('is missing when there never was one', () => {
      const tokens = receive(undefined, grantedToken({ refreshToken: undefined }), monday);
      assert.ok(!('refreshToken' in tokens) && !('refreshTokenReceivedAt' in tokens));
    });

    it('is removed with its date when it is dropped, and nothing else is', () => {
      const { refreshToken: _token, refreshTokenReceivedAt: _date, ...rest } = sampleTokens();
      assert.deepEqual(withoutRefreshToken(sampleTokens()), rest);
    });
  });

  it('keeps the known scopes when the answer names none', () => {
    assert.deepEqual(
      receive(sampleTokens(), grantedToken({ scopes: undefined }), monday).scopes,
      sampleTokens().scopes,
    );
    assert.deepEqual(receive(sampleTokens(), grantedToken({ scopes: ['x'] }), monday).scopes, ['x']);
    assert.ok(!('scopes' in receive(undefined, grantedToken({ scopes: undefined }), monday)));
  });

  it('does not change its arguments', () => {
    const before = Object.freeze(sampleTokens());
    receive(before, Object.freeze(grantedToken()), monday);
    assert.deepEqual(before, sampleTokens());
  });
});

describe('shouldRefresh', () => {
  it('is true for every expired token, requested or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: -hour, max: hour }), fc.nat(hour), (later, askAgain) => {
        const tokens = sampleTokens({ refreshAgainAt: monday + hour + askAgain });
        const now = monday + hour + later;
        assert.ok(!isExpired(tokens, now) || shouldRefresh(tokens, now));
      }),
    );
  });

  it('is false while more than a minute is left, and true after that', () => {
    const tokens = sampleTokens();
    assert.equal(refreshMargin, minute);
    assert.ok(!shouldRefresh(tokens, monday));
    assert.ok(!shouldRefresh(tokens, monday + hour - minute - 1));
    assert.ok(shouldRefresh(tokens, monday + hour - minute + 1));
    assert.ok(shouldRefresh(tokens, monday + hour));
    assert.ok(shouldRefresh(tokens, monday + 24 * hour));
  });

  it('does not ask again at once for a new token that has less than a minute left from the start', () => {
    const tokens = receive(undefined, grantedToken({ expiresIn: 30 }), monday);
    assert.ok(!shouldRefresh(tokens, monday));
    assert.ok(shouldRefresh(tokens, monday + 30 * second));
  });

  it('is true when the clock was set back behind the last answer', () => {
    assert.ok(shouldRefresh(sampleTokens(), monday - hour));
    assert.ok(shouldRefresh(sampleTokens({ refreshAgainAt: monday + hour }), monday - 24 * hour));
  });

  it('is false for the small correction that every clock makes', () => {
    assert.ok(!shouldRefresh(sampleTokens(), monday - second));
  });

  it('asks once, not for ever, after the clock was set back', () => {
    const set = monday - 24 * hour;
    for (const accessToken of ['a0', 'a1']) {
      const tokens = receive(sampleTokens(), grantedToken({ accessToken }), set);
      assert.ok(!shouldRefresh(tokens, set + second));
    }
  });
});

describe('timeLeft', () => {
  const answers = fc.array(
    fc.record({
      passes: fc.integer({ min: -40 * minute, max: 3 * hour }),
      accessToken: fc.constantFrom('a1', 'a2'),
      expiresIn: fc.oneof(fc.integer({ min: 0, max: 7200 }), fc.double({ min: 0, max: 7200, noNaN: true })),
      expiryIsEstimate: fc.boolean(),
    }),
    { minLength: 1, maxLength: 12 },
  );
  const looks = fc.array(fc.integer({ min: -48 * hour, max: 48 * hour }), { minLength: 1, maxLength: 10 });

  it('is never negative and never more than the server said last, whatever comes and however the clock jumps', () => {
    fc.assert(
      fc.property(answers, looks, (all, moments) => {
        let tokens: Tokens | undefined;
        let now = monday;
        for (const { passes, ...fields } of all) {
          now += passes;
          const known = tokens?.accessToken === fields.accessToken ? timeLeft(tokens, now) : 0;
          tokens = receive(tokens, grantedToken(fields), now);
          const said = fields.expiryIsEstimate
            ? Math.max(fields.expiresIn * second, known, minute)
            : fields.expiresIn * second;
          for (const moment of moments) {
            const left = timeLeft(tokens, now + moment);
            assert.ok(left >= 0, 'negative');
            assert.ok(left <= said, 'more than the server said');
            assert.equal(isExpired(tokens, now + moment), left === 0);
          }
        }
      }),
    );
  });

  it('never grows while the clock runs forward and nothing is received', () => {
    fc.assert(
      fc.property(fc.nat(3 * hour), fc.nat(3 * hour), (early, later) => {
        const tokens = sampleTokens();
        assert.ok(timeLeft(tokens, monday + early + later) <= timeLeft(tokens, monday + early));
      }),
    );
  });

  it('of the same token never grows by an answer that comes before its expiry', () => {
    fc.assert(
      fc.property(fc.nat(hour - 1), fc.nat(100_000), (at, expiresIn) => {
        const tokens = receive(sampleTokens(), grantedToken({ accessToken: 'a0', expiresIn }), monday + at);
        assert.ok(tokens.accessTokenExpiresAt <= sampleTokens().accessTokenExpiresAt);
      }),
    );
  });

  it('is nothing once the token has expired', () => {
    assert.equal(timeLeft(sampleTokens(), monday + hour), 0);
    assert.equal(timeLeft(sampleTokens(), monday + hour - 1), 1);
  });
});

describe('a token of a short life', () => {
  const valid = (expiresIn: number): Tokens => receive(undefined, grantedToken({ expiresIn }), monday);

  it('is new for half of it; any other token never is', () => {
    assert.ok(isShortLivedAndNew(valid(3), monday + 1_499));
    assert.ok(!isShortLivedAndNew(valid(3), monday + 1_500));
    assert.ok(isShortLivedAndNew(valid(119), monday));
    assert.ok(!isShortLivedAndNew(valid(120), monday));
    assert.ok(!isShortLivedAndNew(valid(0), monday));
  });

  it('is not new before the time at which it was issued: the clock was set back', () => {
    assert.ok(!isShortLivedAndNew(valid(3), monday - minute));
  });
});
