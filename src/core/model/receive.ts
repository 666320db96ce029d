import type { GrantedToken } from '../oauth/tokenResponse';
import { timeLeft, type Tokens } from './tokens';

/** A token that came again after its expiry is requested at most once in this time, while it is valid (milliseconds). */
const sameTokenPause = 60_000;

/** A new token is used as it is, however soon it expires: otherwise each caller would ask again (milliseconds). */
const newTokenPause = 2_000;

/** Reltio has about 20 scopes. A longer text would fill the secret storage, which all sessions share (characters). */
const maxScopesLength = 65_536;

/**
 * The tokens after an answer. Expiry is counted from the moment the request started, so that it is never later than the
 * server's. Reltio may return the same token as before, with its old expiry or with a new one:
 *
 * - before the known expiry, the same token keeps the earlier expiry: a number alone proves nothing. An answer without
 *   `expires_in` changes nothing;
 * - at or after it, the server itself says that the token is valid, so the new expiry counts. If the answer has no
 *   `expires_in`, and the server had stated the old expiry, the token may be in its last second: a minute is assumed,
 *   and another after it.
 *
 * @param before the tokens held before, of the same account
 * @param startedAt when the request was sent, milliseconds since 1970
 */
export function receive(before: Tokens | undefined, answer: GrantedToken, startedAt: number): Tokens {
  const statedExpiry = startedAt + Math.floor(answer.expiresIn * 1000);
  return {
    ...accessTokenAfter(before, answer, startedAt, statedExpiry),
    ...refreshTokenAfter(before, answer, startedAt),
    ...scopesAfter(before, answer),
  };
}

function accessTokenAfter(before: Tokens | undefined, answer: GrantedToken, startedAt: number, statedExpiry: number) {
  const { accessToken, expiryIsEstimate } = answer;
  if (before?.accessToken !== accessToken) {
    return {
      accessToken,
      accessTokenReceivedAt: startedAt,
      accessTokenExpiresAt: statedExpiry,
      expiryKnownAt: startedAt,
      expiryIsEstimate,
      refreshAgainAt: Math.min(startedAt + newTokenPause, statedExpiry),
    };
  }
  const { accessTokenReceivedAt } = before;
  if (startedAt < before.accessTokenExpiresAt) {
    const knownExpiry = startedAt + timeLeft(before, startedAt);
    const isEarlier = !expiryIsEstimate && statedExpiry < knownExpiry;
    const earlier = isEarlier ? statedExpiry : knownExpiry;
    return {
      accessToken,
      accessTokenReceivedAt,
      accessTokenExpiresAt: earlier,
      expiryKnownAt: startedAt,
      expiryIsEstimate: before.expiryIsEstimate && !isEarlier,
      refreshAgainAt: earlier,
    };
  }
  const isLongEstimate = before.expiryIsEstimate && before.accessTokenExpiresAt - before.expiryKnownAt > sameTokenPause;
  const expiresAt = expiryIsEstimate && !isLongEstimate ? startedAt + sameTokenPause : statedExpiry;
  return {
    accessToken,
    accessTokenReceivedAt,
    accessTokenExpiresAt: expiresAt,
    expiryKnownAt: startedAt,
    expiryIsEstimate,
    refreshAgainAt: Math.min(startedAt + sameTokenPause, expiresAt),
  };
}

function refreshTokenAfter(before: Tokens | undefined, answer: GrantedToken, startedAt: number) {
  const refreshToken = answer.refreshToken ?? before?.refreshToken;
  if (refreshToken === undefined) {
    return {};
  }
  const known = before?.refreshToken === refreshToken ? before.refreshTokenReceivedAt : undefined;
  return { refreshToken, refreshTokenReceivedAt: known ?? startedAt };
}

function scopesAfter(before: Tokens | undefined, answer: GrantedToken) {
  const scopes = answer.scopes ?? before?.scopes;
  return scopes === undefined || scopes.join(' ').length > maxScopesLength ? {} : { scopes };
}

/**
 * Whether the stored tokens are newer than the answer to a request sent at `startedAt`: another window took over while
 * this one was suspended. A refresh token that was dropped meanwhile does not count as newer: the answer brings its
 * successor. Nor does a new access token from a sign-in that returned the refresh token that was sent, if the server
 * has replaced that refresh token.
 */
export function isSuperseded(stored: Tokens, sent: Tokens, answer: GrantedToken, startedAt: number): boolean {
  const isSpent = answer.refreshToken !== undefined && answer.refreshToken !== sent.refreshToken;
  const wasDropped = sent.refreshToken !== undefined && stored.refreshToken === undefined;
  if (wasDropped || (isSpent && stored.refreshToken === sent.refreshToken)) {
    return false;
  }
  const isOther = stored.refreshToken !== sent.refreshToken || stored.accessToken !== sent.accessToken;
  return isOther && stored.expiryKnownAt > startedAt;
}

/**
 * The tokens after the user pasted an access token. What a server says of its expiry counts more than what the user thinks,
 * also once it has passed; and the last word of the user counts more than an earlier one.
 */
export function receivePasted(before: Tokens | undefined, answer: GrantedToken, startedAt: number): Tokens {
  if (before?.accessToken !== answer.accessToken) {
    return receive(before, answer, startedAt);
  }
  if (before.expiryIsEstimate) {
    const { accessTokenReceivedAt } = before;
    return { ...receive(undefined, answer, startedAt), accessTokenReceivedAt, ...scopesAfter(before, answer) };
  }
  const hasPassed = startedAt >= before.accessTokenExpiresAt;
  return hasPassed && answer.expiryIsEstimate ? before : receive(before, answer, startedAt);
}

/**
 * The tokens after a sign-in, which may return the pair that Reltio had issued before. If a window has refreshed that
 * pair since the sign-in began (this window may have been suspended), or has received its successor meanwhile, the pair
 * is spent, and the stored tokens are its successor.
 *
 * @param isSpent whether the refresh token of the answer was replaced since the sign-in began
 */
export function receiveSignIn(
  before: Tokens | undefined,
  answer: GrantedToken,
  startedAt: number,
  isSpent: boolean,
  now: number,
): Tokens {
  if (before?.refreshToken === undefined || before.refreshToken === answer.refreshToken) {
    return receive(before, answer, startedAt);
  }
  // An expiry learned in the future shows that the clock was set back since; it says nothing about the order.
  const isNewer = before.expiryKnownAt > startedAt && before.expiryKnownAt <= now;
  return isNewer || isSpent ? before : receive(before, answer, startedAt);
}
