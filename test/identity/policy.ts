/** What Reltio's pages leave open or contradict each other about. Live: a change counts from the next request on. */
export interface Policy {
  /** Seconds an access token lives. */
  tokenLife: number;
  /** Seconds a refresh token lives, from the login, or from the rotation that made it. */
  refreshTokenLife: number;
  /** Seconds in which a one-time code may be sent after the password. */
  stateTokenLife: number;
  /** Digits of a mailed code. Six are Reltio's; more are needed to search files for one and find no other number. */
  mailedCodeDigits: number;
  /**
   * - `samePairOldEnd`: the same bytes with what is left of their life; a new access token only once the old one ended
   * - `samePairFullLife`: the same bytes with a full life again, ended or not (Reltio's Refresh Token page prints that)
   * - `rotatedPair`: a new access token and a new refresh token; the old refresh token is dead
   * - `noRefreshToken`: a new access token, no `refresh_token` in the answer; the old one stays good
   * - `sameRefreshToken`: a new access token beside the same refresh token (Spring Security OAuth's default)
   */
  refreshReturns: 'samePairOldEnd' | 'samePairFullLife' | 'rotatedPair' | 'noRefreshToken' | 'sameRefreshToken';
  /**
   * What a refresh does to an access token that still lives, where `refreshReturns` is not one of the two `samePair…`:
   * keep its bytes and end, or mint a new one. The refresh token rotates or not all the same.
   */
  earlyRefreshReturns: 'sameAccessToken' | 'newAccessToken';
  /**
   * Milliseconds for which an access token that has expired is still given out where the same one would be, with an
   * `expires_in` of 0: tokens are looked up in a cache, or by a clock that lags behind.
   */
  givesOutExpiredFor: number;
  /** Whether a refresh that mints an access token ends the one before it at once. */
  refreshKillsOlderAccessToken: boolean;
  /** What the same user gets through the same client while the first pair lives; `samePair` keeps its end. */
  secondLoginReturns: 'samePair' | 'newPair';
  /** `documented`: `expires_in` a string, `scope` an array, `Bearer`, `entityURI`. `sampled`: as in every sample. */
  responseTypes: 'documented' | 'sampled';
  /** Three blanks before the scope string, as one sample has; for `sampled` types only. */
  leadingBlanksInScope: boolean;
  /** How a dead refresh token is refused; both texts echo it, as Reltio's do. */
  deadRefreshToken: 'invalidGrant400' | 'invalidToken401';
  /** The status for a dead token at `/oauth/checkToken`. */
  deadCheckedToken: 400 | 401 | 403;
  /** The unit of `expiration` at `/oauth/checkToken`, which no page tells. */
  expirationUnit: 'seconds' | 'milliseconds';
  /** The `error` of a wrong Basic header; the status is 401. */
  badClientError: 'unauthorized' | 'invalid_client';
  /** The status of `unauthorized_client`. */
  unauthorizedClientStatus: 400 | 401;
  /** `status` inside `state_token`; the only documented value is `ENROLL`. */
  mfaStatus: string;
  /** Wrong passwords, and wrong codes, each counted alone, after which the account is locked. */
  lockAfter: number;
  /** `severalKilobytes`: about 4 KB of `s.<base64url>.<signature>` for both tokens. */
  tokenSize: 'uuid' | 'severalKilobytes';
  /** Where `/oauth/revoke` looks for the token; elsewhere it is "not present". */
  revokeTakes: 'form' | 'query' | 'both';
  /** Whether `/oauth/revoke` wants the Basic header, of which no page speaks. */
  revokeNeedsClient: boolean;
  /** Sent with a revoke's success where not empty, as for customers with SAML logout. */
  logoutUri: string;
  /** The data API answers every bearer with `invalid_token`, as an environment of another cluster does. */
  dataApiRefuses: boolean;
}

export const defaultPolicy: Readonly<Policy> = {
  tokenLife: 3600,
  refreshTokenLife: 28 * 24 * 3600,
  stateTokenLife: 600,
  mailedCodeDigits: 6,
  refreshReturns: 'rotatedPair',
  earlyRefreshReturns: 'newAccessToken',
  givesOutExpiredFor: 0,
  refreshKillsOlderAccessToken: true,
  secondLoginReturns: 'samePair',
  responseTypes: 'sampled',
  leadingBlanksInScope: false,
  deadRefreshToken: 'invalidGrant400',
  deadCheckedToken: 401,
  expirationUnit: 'seconds',
  badClientError: 'unauthorized',
  unauthorizedClientStatus: 400,
  mfaStatus: 'ENROLL',
  lockAfter: 5,
  tokenSize: 'uuid',
  revokeTakes: 'both',
  revokeNeedsClient: false,
  logoutUri: '',
  dataApiRefuses: false,
};
