import type { Session } from '../../core/model/session';

export interface SignInOutcome {
  readonly session: Session;
  /** When the old sign-in expires, if the user kept it (milliseconds since 1970). */
  readonly keptUntil?: number;
  /** Whether Reltio returned the token that the account already had and that is still valid. */
  readonly isSameToken: boolean;
  /** The browser signed in an account that was signed in before, although no account was asked for: it asks no user whom it knows. */
  readonly isBrowsersChoice?: true;
}
