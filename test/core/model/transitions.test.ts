import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import type { Session } from '../../../src/core/model/session';
import { isExpired, withoutRefreshToken, type Tokens } from '../../../src/core/model/tokens';
import { canRefresh } from '../../../src/core/model/refreshMeans';
import {
  accessTokenRejected,
  clientAccepted,
  clientRejected,
  refreshed,
  refreshFailed,
  refreshTokenRejected,
  restored,
  revoked,
  signInGranted,
} from '../../../src/core/model/transitions';
import type { GrantedToken } from '../../../src/core/oauth/tokenResponse';
import { monday } from '../../fakes/fakeClock';
import { grantedToken, jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const minute = 60_000;
const hour = 60 * minute;
const now = monday + 10 * minute;
const errors = { from: monday, to: monday };
const longErrors = { from: monday - 2 * hour, to: monday };

const session = (changes: Partial<Session> = {}): Session => Object.freeze(sampleSession(changes));
const unrefreshable = (changes: Partial<Session> = {}): Session =>
  session({ tokens: withoutRefreshToken(sampleTokens()), ...changes });

describe('signInGranted', () => {
  const signIn = { account: jane, method: { kind: 'password' }, answer: grantedToken(), startedAt: now } as const;

  it('is a new session', () => {
    const after = signInGranted(undefined, 'new', signIn, false, now);
    const { tokens, ...rest } = after;
    assert.deepEqual(rest, { id: 'new', account: jane, method: signIn.method, signedInAt: now, state: 'signedIn' });
    assert.deepEqual([tokens.accessToken, tokens.refreshToken, tokens.refreshTokenReceivedAt], ['a1', 'r1', now]);
  });

  it('records how its method gets the next token, if not by the refresh token', () => {
    const renewalOf = (renewal: 'refreshToken' | 'none') =>
      signInGranted(undefined, 'new', { ...signIn, renewal }, false, now).renewal;
    assert.deepEqual([renewalOf('none'), renewalOf('refreshToken')], ['none', undefined]);
  });

  it('keeps the name of the account, and drops the errors of before', () => {
    const before = session({ state: 'clientRejected', refreshErrors: errors });
    const after = signInGranted(before, 'new', { ...signIn, account: { ...jane, user: 'JANE@acme.com' } }, false, now);
    assert.equal(after.account, before.account);
    assert.deepEqual([after.id, after.state, after.refreshErrors], ['new', 'signedIn', undefined]);
  });

  it('stays rejected when a rejected token is returned again, and only then', () => {
    const again = { ...signIn, answer: grantedToken({ accessToken: 'a0', refreshToken: 'r0' }) };
    assert.equal(signInGranted(session({ state: 'rejected' }), 'new', again, false, now).state, 'rejected');
    assert.equal(signInGranted(session({ state: 'rejected' }), 'new', signIn, false, now).state, 'signedIn');
    assert.equal(signInGranted(session({ state: 'signInAgain' }), 'new', again, false, now).state, 'signedIn');
  });

  it('ignores a refresh token that is returned to a client', () => {
    const { tokens } = signInGranted(undefined, 'new', { ...signIn, renewal: 'clientAgain' }, false, now);
    assert.equal(tokens.accessToken, 'a1');
    assert.ok(!('refreshToken' in tokens) && !('refreshTokenReceivedAt' in tokens));
  });

  it('keeps the stored tokens when the returned pair was already used', () => {
    const newer = session({ tokens: sampleTokens({ refreshToken: 'r2', expiryKnownAt: now }) });
    const early = { ...signIn, startedAt: monday };
    assert.equal(
      signInGranted(newer, 'new', early, false, now).tokens,
      newer.tokens,
      'learned after the sign-in began',
    );
    assert.equal(
      signInGranted(session(), 'new', signIn, true, now).tokens.refreshToken,
      'r0',
      'was replaced meanwhile',
    );
    const future = session({ tokens: sampleTokens({ refreshToken: 'r2', expiryKnownAt: now + hour }) });
    assert.equal(signInGranted(future, 'new', early, false, now).tokens.refreshToken, 'r1', 'the clock was set back');
  });
});

describe('signInGranted, with a pasted token', () => {
  const confirmed = withoutRefreshToken(sampleTokens());
  const estimated = { ...confirmed, expiryIsEstimate: true };
  /** The tokens after the user pasted the same token again, at `at`. */
  const pastedAgain = (before: Tokens, minutes: number, expiryIsEstimate: boolean, at = now, accessToken = 'a0') => {
    const answer = grantedToken({ accessToken, refreshToken: undefined, expiresIn: minutes * 60, expiryIsEstimate });
    const method = { kind: 'pastedToken' };
    const signIn = { account: jane, method, renewal: 'none', answer, startedAt: at } as const;
    return signInGranted(session({ renewal: 'none', tokens: before }), 'new', signIn, false, at).tokens;
  };
  const ends = ({ accessTokenExpiresAt, expiryIsEstimate }: Tokens, at = now) => [
    (accessTokenExpiresAt - at) / minute,
    expiryIsEstimate,
  ];

  it('takes the new estimate of a user who corrects an earlier one, whether it is later or earlier', () => {
    assert.deepEqual(ends(pastedAgain(estimated, 55, true)), [55, true]);
    assert.deepEqual(ends(pastedAgain(estimated, 5, true)), [5, true]);
    assert.equal(pastedAgain(estimated, 55, true).accessTokenReceivedAt, estimated.accessTokenReceivedAt);
  });

  it('takes the new estimate after the old one has passed, however short that was', () => {
    const short = { ...estimated, accessTokenExpiresAt: monday + minute };
    assert.deepEqual(ends(pastedAgain(short, 30, true)), [30, true]);
  });

  it('takes what a server says instead of any estimate', () => {
    assert.deepEqual(ends(pastedAgain(estimated, 55, false)), [55, false]);
    assert.deepEqual(ends(pastedAgain(estimated, 5, false)), [5, false]);
  });

  it('keeps what a server said instead of an estimate, also once that has passed', () => {
    assert.deepEqual(ends(pastedAgain(confirmed, 55, true)), [50, false]);
    assert.deepEqual(ends(pastedAgain(confirmed, 5, true)), [50, false]);
    const late = monday + hour;
    assert.ok(isExpired(pastedAgain(confirmed, 30, true, late), late));
    assert.ok(isExpired(pastedAgain(pastedAgain(confirmed, 30, true, late), 30, true, late), late));
  });

  it('keeps a rejection by the server instead of an estimate', () => {
    const rejected = accessTokenRejected(session({ renewal: 'none', tokens: estimated }), 'a0', now).tokens;
    assert.ok(isExpired(pastedAgain(rejected, 30, true), now));
    assert.ok(isExpired(pastedAgain(rejected, 30, true, now + minute), now + minute));
    assert.deepEqual(ends(pastedAgain(rejected, 30, false)), [30, false], 'until a server accepts the token');
  });

  it('takes everything of another token', () => {
    const other = pastedAgain(confirmed, 70, true, now, 'a1');
    assert.deepEqual([other.accessToken, ...ends(other), other.accessTokenReceivedAt], ['a1', 70, true, now]);
  });

  it('keeps the scopes that a server named', () => {
    const answer = { ...grantedToken({ accessToken: 'a0', expiryIsEstimate: true }), scopes: undefined };
    const signIn = { account: jane, method: { kind: 'pastedToken' }, renewal: 'none', answer, startedAt: now } as const;
    for (const tokens of [estimated, confirmed]) {
      const before = session({ renewal: 'none', tokens: { ...tokens, scopes: ['entities_api'] } });
      assert.deepEqual(signInGranted(before, 'new', signIn, false, now).tokens.scopes, ['entities_api']);
    }
  });
});

describe('refreshed', () => {
  const refresh = (before: Session, changes: Partial<GrantedToken> = {}, startedAt = now): Session =>
    refreshed(before, { sent: sampleTokens(), answer: grantedToken(changes), startedAt }, startedAt);

  for (const state of ['signedIn', 'clientRejected', 'rejected', 'signInAgain'] as const) {
    it(`gives new tokens to a session that is ${state}`, () => {
      const after = refresh(session({ state, refreshErrors: errors }));
      assert.deepEqual([after.state, after.refreshErrors], ['signedIn', undefined]);
      assert.deepEqual([after.tokens.accessToken, after.tokens.refreshToken], ['a1', 'r1']);
    });
  }

  it('leaves a rejected token rejected while the same one is returned before its expiry', () => {
    const rejected = session({ state: 'rejected' });
    assert.equal(refresh(rejected, { accessToken: 'a0' }).state, 'rejected');
    assert.equal(refresh(rejected, { accessToken: 'a0' }, monday + hour).state, 'signedIn');
  });

  it('keeps counting errors when the returned token has expired', () => {
    const after = refresh(session({ refreshErrors: errors }), { expiresIn: 0 });
    assert.deepEqual([after.tokens.accessToken, after.refreshErrors], ['a1', errors]);
  });

  it('gives the successor to a session whose refresh token was dropped meanwhile', () => {
    const dropped = unrefreshable({ state: 'signInAgain' });
    const after = refresh(dropped);
    assert.deepEqual([after.state, after.tokens.refreshToken], ['signedIn', 'r1']);
  });

  it('ignores a refresh token that is returned to a client', () => {
    const before = unrefreshable({ renewal: 'clientAgain' });
    const after = refreshed(before, { sent: before.tokens, answer: grantedToken(), startedAt: now }, now);
    assert.equal(after.tokens.accessToken, 'a1');
    assert.ok(!('refreshToken' in after.tokens) && !('refreshTokenReceivedAt' in after.tokens));
  });

  it("changes nothing when another window has stored a newer token of the client's since", () => {
    const sent = withoutRefreshToken(sampleTokens());
    const tokens = { ...sent, accessToken: 'a2', expiryKnownAt: now + 1 };
    const newer = session({ renewal: 'clientAgain', tokens });
    assert.equal(refreshed(newer, { sent, answer: grantedToken(), startedAt: now }, now), newer);
    const older = session({ renewal: 'clientAgain', tokens: { ...tokens, expiryKnownAt: now - 1 } });
    assert.equal(refreshed(older, { sent, answer: grantedToken(), startedAt: now }, now).tokens.accessToken, 'a1');
  });

  it('changes nothing when another window has stored newer tokens since', () => {
    const newer = session({ tokens: sampleTokens({ accessToken: 'a2', refreshToken: 'r2', expiryKnownAt: now + 1 }) });
    assert.equal(refresh(newer), newer);
  });
});

describe('restored', () => {
  const entry = sampleTokens({ accessToken: 'a1', refreshToken: 'r1' });

  it('stores the tokens of the journal', () => {
    const before = session({ state: 'clientRejected', refreshErrors: errors });
    assert.deepEqual(restored(before, 'r0', entry, now), session({ tokens: entry }));
  });

  it('keeps counting errors when they have expired', () => {
    const before = session({ refreshErrors: errors });
    assert.deepEqual(restored(before, 'r0', entry, monday + hour), { ...before, tokens: entry });
  });

  it('changes nothing when the session has another refresh token', () => {
    const before = session();
    assert.equal(restored(before, 'r-other', entry, now), before);
  });
});

describe('refreshFailed', () => {
  const serverError = new Failure('serverError', { status: 500 });
  const locked = new Failure('accountLocked', { status: 401 });
  const badClient = new Failure('clientRejected', { status: 401 });
  const cases: readonly [string, Session, Failure, 'same' | Partial<Session>][] = [
    ['notes the first error', session(), serverError, { refreshErrors: { from: now, to: now } }],
    ['notes no second error within the hour', session({ refreshErrors: errors }), serverError, 'same'],
    [
      'notes one that comes after an hour',
      session({ refreshErrors: { from: now - hour, to: now - hour } }),
      serverError,
      { refreshErrors: { from: now - hour, to: now } },
    ],
    ['notes no more after that', session({ refreshErrors: longErrors }), serverError, 'same'],
    [
      'starts again after a night',
      session({ refreshErrors: { from: now - 13 * hour, to: now - 13 * hour } }),
      serverError,
      { refreshErrors: { from: now, to: now } },
    ],
    ['does not count a failure without an answer', session(), new Failure('unreachable'), 'same'],
    ['rejects the client', session(), badClient, { state: 'clientRejected' }],
    [
      'accepts the client where the server speaks of the user',
      session({ state: 'clientRejected' }),
      locked,
      {
        state: 'signedIn',
        refreshErrors: { from: now, to: now },
      },
    ],
    [
      'keeps a rejected token rejected',
      session({ state: 'rejected' }),
      locked,
      {
        refreshErrors: { from: now, to: now },
      },
    ],
  ];
  for (const [what, before, failure, becomes] of cases) {
    it(what, () => {
      const after = refreshFailed(before, failure, now);
      if (becomes === 'same') {
        assert.equal(after, before);
      } else {
        assert.deepEqual(after, { ...before, ...becomes });
      }
    });
  }

  it('never drops a refresh token, whatever failed', () => {
    for (const code of ['refreshTokenRejected', 'clientRejected', 'serverError', 'signInAgain', 'forbidden'] as const) {
      for (const state of ['signedIn', 'clientRejected', 'rejected'] as const) {
        const after = refreshFailed(session({ state }), new Failure(code, { status: 400 }), now);
        assert.equal(after.tokens.refreshToken, 'r0', code);
      }
    }
  });
});

describe('clientRejected and clientAccepted', () => {
  it('a client is rejected once, and forgets inconclusive errors', () => {
    assert.deepEqual(clientRejected(session({ refreshErrors: errors })), session({ state: 'clientRejected' }));
    const known = session({ state: 'clientRejected' });
    assert.equal(clientRejected(known), known);
    const undecided = session({ state: 'clientRejected', refreshErrors: errors });
    assert.deepEqual(clientRejected(undecided), known);
  });

  it('a rejected token, and a dropped refresh token, matter more than the client', () => {
    for (const state of ['rejected', 'signInAgain'] as const) {
      const before = session({ state });
      assert.equal(clientRejected(before), before);
    }
  });

  it('a client is accepted when it was rejected', () => {
    const after = clientAccepted(session({ state: 'clientRejected' }), now);
    assert.deepEqual([after.state, after.refreshErrors], ['signedIn', { from: now, to: now }]);
    const fine = session();
    assert.equal(clientAccepted(fine, now), fine);
  });
});

describe('refreshTokenRejected', () => {
  it('drops that refresh token and nothing else', () => {
    const after = refreshTokenRejected(session(), 'r0');
    assert.deepEqual(after, unrefreshable({ state: 'signInAgain' }));
  });

  it('changes nothing when the session has another', () => {
    const before = session();
    assert.equal(refreshTokenRejected(before, 'r-other'), before);
  });
});

describe('accessTokenRejected', () => {
  it('marks a session that can be refreshed, once', () => {
    const after = accessTokenRejected(session(), 'a0', now);
    assert.deepEqual(after, session({ state: 'rejected' }));
    assert.equal(accessTokenRejected(after, 'a0', now), after);
  });

  it('expires the token of one that cannot, once', () => {
    const after = accessTokenRejected(unrefreshable(), 'a0', now);
    assert.equal(after.state, 'signInAgain');
    assert.ok(isExpired(after.tokens, now));
    assert.equal(accessTokenRejected(after, 'a0', now), after);
  });

  it('changes nothing when the session has another access token', () => {
    const before = session();
    assert.equal(accessTokenRejected(before, 'a-other', now), before);
  });
});

describe('revoked', () => {
  it('leaves no token that could be used', () => {
    const after = revoked(session(), now);
    assert.deepEqual([after.state, canRefresh(after), isExpired(after.tokens, now)], ['signInAgain', false, true]);
  });
});
