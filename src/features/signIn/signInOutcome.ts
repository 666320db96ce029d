import type { Session } from '../../core/model/session';

export interface SignInOutcome {
  readonly session: Session;
  /** When the old sign-in expires, if the user kept it (milliseconds since 1970). */
  readonly keptUntil?: number;
  /** Whether Reltio returned the token that the account already had and that is still valid. */
  readonly isSameToken: boolean;
  /**
   * No account was asked for, and the browser signed in one that was signed in already: a user who wanted another one was
   * not asked, because the browser still knew the last one.
   */
  readonly isBrowsersChoice?: true;
}
