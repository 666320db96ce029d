import type { GrantedToken } from '../oauth/tokenResponse';

/** The tokens of a session and what is known of their time. Times are milliseconds since 1970. */
export interface Tokens {
  readonly accessToken: string;
  /** When these bytes were first received. */
  readonly accessTokenReceivedAt: number;
  readonly accessTokenExpiresAt: number;
  /** When we learned that end: the start of the request that told it. */
  readonly expiryKnownAt: number;
  readonly expiryIsEstimate: boolean;
  /** Before this the server is not asked again: it has just answered with the same bytes. */
  readonly refreshAgainAt: number;
  /** Missing when the server gave none, or refused it for good. */
  readonly refreshToken?: string;
  /** When the refresh token's bytes were first received. */
  readonly refreshTokenReceivedAt?: number;
  /** Missing when the server did not say. */
  readonly scopes?: readonly string[];
}

/** A refresh is asked for once this little is left (milliseconds). */
export const refreshMargin = 60_000;

/** Same bytes after their end: asked for at most once in this time, while they are valid (milliseconds). */
const sameBytesPause = 60_000;

/** Brand-new bytes are used as they are, however short their life: else each caller would ask again. */
const newBytesPause = 2_000;

/**
 * What we hold after an answer. The end is counted from the moment the request started, so that it is never later than
 * the server's. Reltio may hand back the very token it gave before, with its old end or with a new one:
 *
 * - before the known end, the same bytes keep the earlier end: a number alone proves nothing. An answer without
 *   `expires_in` changes nothing;
 * - at or after it, the server itself says that they are valid, so its new end counts. If the answer has no `expires_in`, and
 *   the old end was stated by the server, they may be in their last second: a minute is assumed, and another after it.
 *
 * @param before what was held, for the same account
 * @param startedAt when the request left, milliseconds since 1970
 */
export function receive(before: Tokens | undefined, answer: GrantedToken, startedAt: number): Tokens {
  const answeredEnd = startedAt + Math.floor(answer.expiresIn * 1000);
  return {
    ...accessTokenAfter(before, answer, startedAt, answeredEnd),
    ...refreshTokenAfter(before, answer, startedAt),
    ...scopesAfter(before, answer),
  };
}

function accessTokenAfter(before: Tokens | undefined, answer: GrantedToken, startedAt: number, answeredEnd: number) {
  const { accessToken, expiryIsEstimate } = answer;
  if (before?.accessToken !== accessToken) {
    return {
      accessToken,
      accessTokenReceivedAt: startedAt,
      accessTokenExpiresAt: answeredEnd,
      expiryKnownAt: startedAt,
      expiryIsEstimate,
      refreshAgainAt: Math.min(startedAt + newBytesPause, answeredEnd),
    };
  }
  const { accessTokenReceivedAt } = before;
  if (startedAt < before.accessTokenExpiresAt) {
    const knownEnd = startedAt + timeLeft(before, startedAt);
    const isEarlier = !expiryIsEstimate && answeredEnd < knownEnd;
    const earlier = isEarlier ? answeredEnd : knownEnd;
    return {
      accessToken,
      accessTokenReceivedAt,
      accessTokenExpiresAt: earlier,
      expiryKnownAt: startedAt,
      expiryIsEstimate: before.expiryIsEstimate && !isEarlier,
      refreshAgainAt: earlier,
    };
  }
  const isLongEstimate = before.expiryIsEstimate && before.accessTokenExpiresAt - before.expiryKnownAt > sameBytesPause;
  const end = expiryIsEstimate && !isLongEstimate ? startedAt + sameBytesPause : answeredEnd;
  return {
    accessToken,
    accessTokenReceivedAt,
    accessTokenExpiresAt: end,
    expiryKnownAt: startedAt,
    expiryIsEstimate,
    refreshAgainAt: Math.min(startedAt + sameBytesPause, end),
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
  return scopes === undefined ? {} : { scopes };
}

/**
 * Whether what is stored is newer than the answer to a request that started then: another window took over while this
 * one slept. A refresh token that was given up meanwhile is no news: the answer brings its successor. Nor is a new access
 * token beside the refresh token that was sent, from a sign-in, where the server has replaced that refresh token.
 */
export function isSuperseded(stored: Tokens, sent: Tokens, answer: GrantedToken, startedAt: number): boolean {
  const isSpent = answer.refreshToken !== undefined && answer.refreshToken !== sent.refreshToken;
  if (stored.refreshToken === undefined || (isSpent && stored.refreshToken === sent.refreshToken)) {
    return false;
  }
  const isOther = stored.refreshToken !== sent.refreshToken || stored.accessToken !== sent.accessToken;
  return isOther && stored.expiryKnownAt > startedAt;
}

/** A clock this far behind the last answer was set back; less is the usual correction (milliseconds). */
const clockTolerance = 5_000;

/** Milliseconds that the access token still lives, never negative, never more than the server said. */
export function timeLeft(tokens: Tokens, now: number): number {
  const told = Math.max(tokens.accessTokenExpiresAt - tokens.expiryKnownAt, 0);
  return Math.min(Math.max(tokens.accessTokenExpiresAt - now, 0), told);
}

export function isExpired(tokens: Tokens, now: number): boolean {
  return timeLeft(tokens, now) === 0;
}

/** The clock was set back since this was learned: what we know of the end means nothing. */
export function isFromFuture(tokens: Tokens, now: number): boolean {
  return now < tokens.expiryKnownAt - clockTolerance;
}

/** Whether somebody who wants a token should ask the server for another first: always, where this one has expired. */
export function shouldRefresh(tokens: Tokens, now: number): boolean {
  if (isFromFuture(tokens, now) || isExpired(tokens, now)) {
    return true;
  }
  return timeLeft(tokens, now) <= refreshMargin && now >= tokens.refreshAgainAt;
}

const day = 24 * 3_600_000;

/**
 * When the refresh token ends, counted from the first receipt of its bytes: refreshing does not prolong it. Undefined
 * where there is none.
 *
 * @param days how long the client's refresh tokens live; Reltio says 28 (seed page "Access Reltio APIs")
 */
export function refreshTokenExpiry(tokens: Tokens, days: number): number | undefined {
  const { refreshToken, refreshTokenReceivedAt } = tokens;
  return refreshToken === undefined || refreshTokenReceivedAt === undefined
    ? undefined
    : refreshTokenReceivedAt + days * day;
}

/** The tokens with the access token over at once: it was revoked, or refused before its time. */
export function expireNow(tokens: Tokens, now: number): Tokens {
  const end = Math.min(tokens.accessTokenExpiresAt, now);
  return { ...tokens, accessTokenExpiresAt: end, refreshAgainAt: end };
}

/** The tokens with the refresh token given up, after the server refused it for good. */
export function withoutRefreshToken(tokens: Tokens): Tokens {
  const { refreshToken: _given, refreshTokenReceivedAt: _up, ...rest } = tokens;
  return rest;
}
