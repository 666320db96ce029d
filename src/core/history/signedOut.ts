/** Why a session gives no token, and since when (milliseconds since 1970). */
export interface SignedOut {
  readonly cause: Cause;
  readonly at: number;
}

export const causes = [
  /** The refresh token reached the end of its 28 days. */
  'expired',
  /** The token expired, and nothing can refresh it: it was pasted, or the server gave no refresh token. */
  'tokenExpired',
  /** Another program used the same login. */
  'anotherLogin',
  /** The user signed out here. */
  'signedOutHere',
  /** Renew Sign-In revoked the tokens, and the sign-in after it was not finished. */
  'revokedHere',
  /** The token of a client was revoked: nobody signs in as a client, so somebody who administers it did that. */
  'revokedElsewhere',
  /** Another program used the same login, or an administrator revoked the tokens. Nothing that is seen here tells which. */
  'endedElsewhere',
  /** The customer ends sessions that are not used. */
  'idlePolicy',
  /** The clock of this machine was set, so the token only seems to have expired. */
  'clock',
  /** The secret storage lost the sessions, or cannot be opened. */
  'keyring',
  /** The identity server no longer accepts the client or its secret. */
  'clientChanged',
  /** The server replaced the refresh token, and the answer did not get here or was not stored. */
  'lostAnswer',
  /** The session is in order; only the server cannot be reached, or has problems. */
  'networkOnly',
  'unknown',
] as const;

export type Cause = (typeof causes)[number];
