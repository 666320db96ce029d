/** The tokens of a session and what is known of their expiry. Times are milliseconds since 1970. */
export interface Tokens {
  readonly accessToken: string;
  /** When this access token was first received. */
  readonly accessTokenReceivedAt: number;
  readonly accessTokenExpiresAt: number;
  /** When we learned that expiry: the start of the request whose answer stated it. */
  readonly expiryKnownAt: number;
  readonly expiryIsEstimate: boolean;
  /** No refresh before this: the server has just returned this token. */
  readonly refreshAgainAt: number;
  /** Missing when the server issued none, or rejected it for good. */
  readonly refreshToken?: string;
  /** When this refresh token was first received. */
  readonly refreshTokenReceivedAt?: number;
  /** Missing when the server did not say. */
  readonly scopes?: readonly string[];
}

/** A token is refreshed once it has this little time left (milliseconds). */
export const refreshMargin = 60_000;

/**
 * If the clock is this far behind the last answer, it was set back; smaller differences are normal corrections
 * (milliseconds).
 */
const clockTolerance = 5_000;

/** Time left of the access token in milliseconds: never negative, never more than the server stated. */
export function timeLeft(tokens: Tokens, now: number): number {
  const stated = Math.max(tokens.accessTokenExpiresAt - tokens.expiryKnownAt, 0);
  return Math.min(Math.max(tokens.accessTokenExpiresAt - now, 0), stated);
}

export function isExpired(tokens: Tokens, now: number): boolean {
  return timeLeft(tokens, now) === 0;
}

/** Whether the clock was set back since the expiry was learned, so that it means nothing any more. */
export function isFromFuture(tokens: Tokens, now: number): boolean {
  return now < tokens.expiryKnownAt - clockTolerance;
}

/**
 * Whether the token is valid for such a short time that it is always in its last minute, and half of that time is left. A
 * caller that sends many requests uses it, because each of them would refresh it otherwise.
 */
export function isShortLivedAndNew(tokens: Tokens, now: number): boolean {
  const stated = tokens.accessTokenExpiresAt - tokens.expiryKnownAt;
  return stated < 2 * refreshMargin && timeLeft(tokens, now) > stated / 2 && !isFromFuture(tokens, now);
}

/** Whether to refresh before returning the token to a caller: always if it has expired. */
export function shouldRefresh(tokens: Tokens, now: number, margin = refreshMargin): boolean {
  if (isFromFuture(tokens, now) || isExpired(tokens, now)) {
    return true;
  }
  return timeLeft(tokens, now) <= margin && now >= tokens.refreshAgainAt;
}

const day = 24 * 3_600_000;

/**
 * When the refresh token expires, counted from its first receipt: refreshing does not extend it. Undefined if there is
 * none.
 *
 * @param days how long the client's refresh tokens are valid; Reltio's page "Access Reltio APIs" says 28
 */
export function refreshTokenExpiry(tokens: Tokens, days: number): number | undefined {
  const { refreshToken, refreshTokenReceivedAt } = tokens;
  return refreshToken === undefined || refreshTokenReceivedAt === undefined
    ? undefined
    : refreshTokenReceivedAt + days * day;
}

/** Marks the access token as expired, because a server says so: it was revoked, or rejected before its expiry. */
export function expireNow(tokens: Tokens, now: number): Tokens {
  const expiresAt = Math.min(tokens.accessTokenExpiresAt, now);
  return { ...tokens, accessTokenExpiresAt: expiresAt, expiryIsEstimate: false, refreshAgainAt: expiresAt };
}

/** The tokens without the refresh token, which the server has rejected for good. */
export function withoutRefreshToken(tokens: Tokens): Tokens {
  const { refreshToken: _refreshToken, refreshTokenReceivedAt: _receivedAt, ...rest } = tokens;
  return rest;
}
