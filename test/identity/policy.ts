import type { Discovery } from './discovery';

/** What Reltio's pages leave open or contradict each other about. A change applies from the next request on. */
export interface Policy {
  /** Seconds for which an access token is valid. */
  accessTokenLifetime: number;
  /** Seconds for which a refresh token is valid, counted from the login or from the rotation that issued it. */
  refreshTokenLifetime: number;
  /** Seconds in which a one-time code may be sent after the password. */
  stateTokenLifetime: number;
  /** Digits of a mailed code. Reltio sends six; a test that searches files for a code needs more, to find no other number. */
  mailedCodeDigits: number;
  /**
   * - `samePairSameExpiry`: the same pair with the same expiry; a new access token only once the old one has expired
   * - `samePairNewExpiry`: the same pair with a new expiry, expired or not (Reltio's Refresh Token page prints that)
   * - `rotatedPair`: a new access token and a new refresh token; the old refresh token is no longer accepted
   * - `noRefreshToken`: a new access token, no `refresh_token` in the answer; the old one stays valid
   * - `sameRefreshToken`: a new access token with the same refresh token (Spring Security OAuth's default)
   */
  refreshReturns: 'samePairSameExpiry' | 'samePairNewExpiry' | 'rotatedPair' | 'noRefreshToken' | 'sameRefreshToken';
  /**
   * What a refresh does to an access token that is still valid, where `refreshReturns` is not one of the two `samePair…`:
   * return it again with the same expiry, or issue a new one. This does not affect the rotation of the refresh token.
   */
  earlyRefreshReturns: 'sameAccessToken' | 'newAccessToken';
  /**
   * Milliseconds for which an expired access token is still returned where the same one would be returned, with an
   * `expires_in` of 0, as by a server with a cache or with a clock that is slow.
   */
  returnsExpiredFor: number;
  /** Whether a refresh that issues an access token revokes the previous one at once. */
  refreshRevokesOlderAccessToken: boolean;
  /** What the same user gets through the same client while the first pair is valid; `samePair` keeps its expiry. */
  secondLoginReturns: 'samePair' | 'newPair';
  /**
   * 0: no multi-token support, so a client gets the token it has until that expires. Otherwise each request of a client
   * gets a new token, until it has this many valid ones; Reltio allows at most 200.
   */
  multiTokenQuota: number;
  /** How a client is refused whose quota is used up; no page states the status or the text. */
  quotaRefusal: 'tooManyRequests429' | 'limitExceeded400';
  /** Whether client credentials return a `refresh_token`, which Reltio's pages rule out; it is never accepted. */
  clientCredentialsRefreshToken: boolean;
  /** What `/oauth/ssoCheck` says; `absent` is 404. With `native`, `/oauth/sso` shows an error. */
  ssoCheck: 'sso' | 'native' | 'error' | 'absent';
  /** The name of the user as whom every browser is signed in at once; empty: the page asks which user. */
  autoApprove: string;
  /** Addresses, separated by blanks, to which a browser may be sent back; `loopback` is every one of this machine. */
  allowedRedirects: string;
  /** What a browser brings back once a user is chosen. */
  callback: 'code' | 'accessDenied' | 'serverError' | 'wrongState' | 'withoutState' | 'withoutCode';
  /** The `error_description` of a refusal that a browser brings back. */
  callbackErrorText: string;
  /** Whether the browser also brings `iss` (RFC 9207), and whose. */
  callbackIssuer: 'none' | 'own' | 'foreign';
  /** Seconds for which an authorization code is accepted. */
  codeLifetime: number;
  /** Whether a code is refused of `/oauth/sso` is refused without the `redirect_uri`, which Reltio's pages leave out. */
  codeNeedsRedirectUri: boolean;
  /** How a code is refused: a page that users saw says `invalid_request`, Spring says `invalid_grant`. */
  codeRefusal: 'invalidGrant' | 'invalidRequest';
  /** Whether a challenge (RFC 7636) is ignored, checked if there is one, or required. */
  pkce: 'ignored' | 'checked' | 'required';
  /** The metadata of the identity server; Reltio has none. */
  discovery: Discovery;
  /** The metadata of the login page, which an environment has below `/ai/tools`. */
  loginPageDiscovery: Discovery;
  /** Whether a program can register itself, and whether it gets a secret; `absent` is 404. */
  registration: 'public' | 'withSecret' | 'refused' | 'absent';
  /** The body of `/login/token`; Reltio's pages show JSON. */
  loginPageTakes: 'json' | 'form' | 'both';
  /** Whether the data API accepts tokens of the login page, which no page states. */
  loginPageServesDataApi: boolean;
  /** `documented`: `expires_in` a string, `scope` an array, `Bearer`, `entityURI`. `sampled`: as in every sample. */
  responseTypes: 'documented' | 'sampled';
  /** Three spaces before the scope string, as in one sample; for `sampled` types only. */
  leadingBlanksInScope: boolean;
  /** How an invalid refresh token is refused; both texts echo it, as Reltio's do. */
  invalidRefreshToken: 'invalidGrant400' | 'invalidToken401';
  /** The status for an invalid token at `/oauth/checkToken`. */
  invalidCheckedTokenStatus: 400 | 401 | 403;
  /** How much `/oauth/checkToken` says of a valid token; `absent` is 404. */
  checkTokenTells: 'everything' | 'withoutExpiry' | 'withoutUser' | 'userNameOnly' | 'absent';
  /** The unit of `expiration` at `/oauth/checkToken`, which no page states. */
  expirationUnit: 'seconds' | 'milliseconds';
  /** The `error` of a wrong Basic header; the status is 401. */
  badClientError: 'unauthorized' | 'invalid_client';
  /** The status of `unauthorized_client`. */
  unauthorizedClientStatus: 400 | 401;
  /** `status` inside `state_token`; the only documented value is `ENROLL`. */
  mfaStatus: string;
  /** Number of wrong passwords, or of wrong codes, after which the account is locked. */
  lockAfter: number;
  /**
   * The text of both tokens.
   * - `severalKilobytes`: about 4 KB of random letters in the outer form of Reltio's tokens
   * - `reltio`: `s.<base64url of zstd of JSON>.<signature>`; the JSON has user, tenants and the address of the server
   */
  tokenForm: 'uuid' | 'severalKilobytes' | 'reltio';
  /** Where `/oauth/revoke` looks for the token; a token sent elsewhere is "not present". */
  revokeTakes: 'form' | 'query' | 'both';
  /** Whether `/oauth/revoke` requires the Basic header, which no page mentions. */
  revokeNeedsClient: boolean;
  /** Sent with the success of a revoke unless empty, as for customers with SAML logout. */
  logoutUri: string;
  /** What an environment answers at `/reltio/status`; `absent` is 404, `html` the page of something else. */
  environmentStatus: 'green' | 'html' | 'needsToken' | 'unavailable' | 'absent';
  /** The list of tenants; with `withUnreadable` it has tenants to which the user has no access. */
  tenantList: 'complete' | 'withUnreadable' | 'withoutNames' | 'empty' | 'forbidden' | 'absent';
  /** The answer about the name of one tenant. */
  tenantName: 'known' | 'empty' | 'forbidden' | 'absent';
  /** The data API answers every bearer with `invalid_token`, as an environment of another cluster does. */
  dataApiRefuses: boolean;
}

export const defaultPolicy: Readonly<Policy> = {
  accessTokenLifetime: 3600,
  refreshTokenLifetime: 28 * 24 * 3600,
  stateTokenLifetime: 600,
  mailedCodeDigits: 6,
  refreshReturns: 'rotatedPair',
  earlyRefreshReturns: 'newAccessToken',
  returnsExpiredFor: 0,
  refreshRevokesOlderAccessToken: true,
  secondLoginReturns: 'samePair',
  multiTokenQuota: 0,
  quotaRefusal: 'tooManyRequests429',
  clientCredentialsRefreshToken: false,
  ssoCheck: 'sso',
  autoApprove: '',
  allowedRedirects: 'loopback',
  callback: 'code',
  callbackErrorText: 'The user denied access',
  callbackIssuer: 'none',
  codeLifetime: 300,
  codeNeedsRedirectUri: true,
  codeRefusal: 'invalidGrant',
  pkce: 'checked',
  discovery: 'absent',
  loginPageDiscovery: 'withPkce',
  registration: 'public',
  loginPageTakes: 'json',
  loginPageServesDataApi: true,
  responseTypes: 'sampled',
  leadingBlanksInScope: false,
  invalidRefreshToken: 'invalidGrant400',
  invalidCheckedTokenStatus: 401,
  checkTokenTells: 'everything',
  expirationUnit: 'seconds',
  badClientError: 'unauthorized',
  unauthorizedClientStatus: 400,
  mfaStatus: 'ENROLL',
  lockAfter: 5,
  tokenForm: 'uuid',
  revokeTakes: 'both',
  revokeNeedsClient: false,
  logoutUri: '',
  environmentStatus: 'green',
  tenantList: 'complete',
  tenantName: 'known',
  dataApiRefuses: false,
};
