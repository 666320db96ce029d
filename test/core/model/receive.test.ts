import assert from 'node:assert/strict';
import { isSuperseded, receive, receivePasted, receiveSignIn } from '../../../src/core/model/receive';
import { monday } from '../../fakes/fakeClock';
import { grantedToken, sampleTokens } from '../../fakes/sampleSession';

const { refreshToken: _none, ...withoutRefreshToken } = sampleTokens();

describe('whether stored tokens are newer than an answer', () => {
  const sent = sampleTokens();
  const later = monday + 1_000;
  const answer = grantedToken();

  for (const [what, stored, received, expected] of [
    ['the tokens that were sent', sent, answer, false],
    [
      'another pair, learned after the request',
      sampleTokens({ accessToken: 'a9', refreshToken: 'r9', expiryKnownAt: later + 1 }),
      answer,
      true,
    ],
    [
      'another pair, learned at the request',
      sampleTokens({ accessToken: 'a9', refreshToken: 'r9', expiryKnownAt: later }),
      answer,
      false,
    ],
    [
      'another pair, learned before the request',
      sampleTokens({ accessToken: 'a9', refreshToken: 'r9' }),
      answer,
      false,
    ],
    ['another refresh token alone', sampleTokens({ refreshToken: 'r9', expiryKnownAt: later + 1 }), answer, true],
    [
      'another access token, and the server keeps the refresh token',
      sampleTokens({ accessToken: 'a9', expiryKnownAt: later + 1 }),
      grantedToken({ refreshToken: 'r0' }),
      true,
    ],
    [
      'another access token, and the answer has no refresh token',
      sampleTokens({ accessToken: 'a9', expiryKnownAt: later + 1 }),
      grantedToken({ refreshToken: undefined }),
      true,
    ],
    [
      'another access token with the refresh token that the server has replaced',
      sampleTokens({ accessToken: 'a9', expiryKnownAt: later + 1 }),
      answer,
      false,
    ],
    [
      'the tokens without the refresh token, which was dropped',
      { ...withoutRefreshToken, expiryKnownAt: later + 1 },
      answer,
      false,
    ],
  ] as const) {
    it(`${what}: ${expected ? 'newer' : 'not newer'}`, () => {
      assert.equal(isSuperseded(stored, sent, received, later), expected);
    });
  }

  it('does not call a refresh token dropped that was never sent', () => {
    const stored = { ...withoutRefreshToken, accessToken: 'a9', expiryKnownAt: later + 1 };
    assert.equal(isSuperseded(stored, withoutRefreshToken, grantedToken({ refreshToken: undefined }), later), true);
  });
});

describe('the tokens after a sign-in', () => {
  const startedAt = monday + 60_000;
  const now = startedAt + 5_000;
  const newer = sampleTokens({ accessToken: 'a5', refreshToken: 'r5', expiryKnownAt: startedAt + 1 });

  it('are those of the answer', () => {
    assert.equal(receiveSignIn(undefined, grantedToken(), startedAt, false, now).accessToken, 'a1');
    assert.equal(receiveSignIn(sampleTokens(), grantedToken(), startedAt, false, now).accessToken, 'a1');
  });

  it('are the stored ones if these are known since the sign-in began', () => {
    assert.equal(receiveSignIn(newer, grantedToken(), startedAt, false, now), newer);
    const asOld = { ...newer, expiryKnownAt: startedAt };
    assert.equal(receiveSignIn(asOld, grantedToken(), startedAt, false, now).accessToken, 'a1');
  });

  it('are those of the answer if the stored ones come from the future: the clock was set back', () => {
    const atNow = { ...newer, expiryKnownAt: now };
    assert.equal(receiveSignIn(atNow, grantedToken(), startedAt, false, now), atNow);
    const future = { ...newer, expiryKnownAt: now + 1 };
    assert.equal(receiveSignIn(future, grantedToken(), startedAt, false, now).accessToken, 'a1');
  });

  it('are the stored ones if the pair of the answer is spent', () => {
    const stored = sampleTokens({ refreshToken: 'r5' });
    assert.equal(receiveSignIn(stored, grantedToken(), startedAt, true, now), stored);
  });

  it('are those of the answer if it returns the refresh token that is stored, or none is', () => {
    const same = { ...newer, refreshToken: 'r1' };
    assert.equal(receiveSignIn(same, grantedToken(), startedAt, true, now).accessToken, 'a1');
    const { refreshToken: _gone, ...none } = newer;
    assert.equal(receiveSignIn(none, grantedToken(), startedAt, true, now).accessToken, 'a1');
  });
});

describe('the tokens after a token was pasted', () => {
  const estimate = { expiryIsEstimate: true, refreshToken: undefined } as const;
  const before = sampleTokens({ accessToken: 'a1' });

  it('keep what a server said of the expiry, also once it has passed', () => {
    const expired = before.accessTokenExpiresAt;
    assert.equal(receivePasted(before, grantedToken(estimate), expired), before);
    assert.notEqual(receivePasted(before, grantedToken({ refreshToken: undefined }), expired), before);
  });

  it('take the last word of the user where no server said anything', () => {
    const guessed = sampleTokens({ accessToken: 'a1', expiryIsEstimate: true });
    const startedAt = monday + 60_000;
    const tokens = receivePasted(guessed, grantedToken({ ...estimate, expiresIn: 60 }), startedAt);
    assert.deepEqual([tokens.accessTokenExpiresAt, tokens.accessTokenReceivedAt], [startedAt + 60_000, monday]);
  });
});

describe('the scopes of an answer', () => {
  it('count as not stated if they would fill the storage of all sessions', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `scope_${index}`);
    const kept = receive(undefined, grantedToken({ scopes: many.slice(0, 1_000) }), monday);
    assert.deepEqual(kept.scopes, many.slice(0, 1_000));
    assert.equal(receive(undefined, grantedToken({ scopes: many }), monday).scopes, undefined);
    assert.equal(receive(kept, grantedToken({ scopes: many }), monday).scopes, undefined);
  });
});
