import type { FailureCode } from '../base/failure';

/** One thing that happened to a session, or to all of them. Holds no secret: no part of a token, no text of a server. */
export interface HistoryEntry {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly what: Happening;
  /** The id of the session; missing if it concerns all of them. */
  readonly session?: string;
  /** The label of its account, so that a session that is gone can be named, and found again after the next sign-in. */
  readonly account?: string;
  /** How old the refresh token was (milliseconds). */
  readonly age?: number;
  /**
   * How long the session was not used (milliseconds). Of a rejected token at most this long, because another program may
   * have used it; of a refresh at least this long, because the token had expired.
   */
  readonly idle?: number;
  /** How long ago the server last answered for this session (milliseconds). */
  readonly sinceAnswer?: number;
  /** For how long the access token should still have been valid (milliseconds). */
  readonly left?: number;
  /** Whether a refresh brought another refresh token, after which the one before is not accepted. */
  readonly rotates?: boolean;
  /** Whether nothing can refresh the token of the session. */
  readonly isFinal?: boolean;
  readonly code?: FailureCode;
  /** The server that cannot be reached or has problems: then no session of it is refreshed. */
  readonly host?: string;
  /**
   * When the machine was started, by its clock (milliseconds since 1970): a difference within one run of the machine shows
   * that the clock was set.
   */
  readonly bootedAt?: number;
  /** Whether VS Code runs in a browser: then other browsers, with sessions of their own, use the same file. */
  readonly inBrowser?: boolean;
}

/** What can happen. The names are in a file on disk: add some, never change the meaning of one. */
export const happenings = [
  'signedIn',
  /** The same account signed in again, under another session id. */
  'replaced',
  'signedOut',
  /** Renew Sign-In revoked the tokens. */
  'revokedHere',
  'refreshed',
  /** A refresh was sent, and its answer may be lost. */
  'noAnswer',
  /** A refresh failed in another way. */
  'failed',
  /** A window that was refreshing was closed or killed. */
  'windowDied',
  /** What another window has stored never arrived. */
  'writeLost',
  'refreshTokenRejected',
  'accessTokenRejected',
  'clientRejected',
  'clientAccepted',
  /** The moment of the reading itself: it is in no file. */
  'read',
] as const;

export type Happening = (typeof happenings)[number];
