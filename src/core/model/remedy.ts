import type { Failure } from '../base/failure';
import { isAnswer, keepsFailing } from './failedRefresh';
import type { Session } from './session';
import { isExpired } from './tokens';

/** What only the person can do for a session. */
export type SessionRemedy =
  | 'signIn'
  /** Sign in, and revoke the old tokens first if Reltio returns them again. */
  | 'renew'
  | 'updateClientSecret';

/**
 * The one action that helps, or undefined where a refresh may. Every text about a session offers this action and no other.
 *
 * @param lastFailure what kept the session from being refreshed the last time, if anything
 */
export function remedyOf(session: Session, now: number, lastFailure?: Failure): SessionRemedy | undefined {
  const { state, tokens } = session;
  const isOver = isExpired(tokens, now);
  const isAnswered = lastFailure === undefined || isAnswer(lastFailure); // a sign-in would reach nobody either
  const afterErrors = keepsFailing(session, now) && isAnswered ? 'signIn' : undefined;
  const canRefresh = tokens.refreshToken !== undefined;
  const needsSecret = canRefresh && lastFailure?.code === 'clientUnknown' ? 'updateClientSecret' : undefined;
  switch (state) {
    case 'signInAgain':
      return 'signIn';
    case 'clientRejected':
      return afterErrors ?? 'updateClientSecret';
    case 'rejected':
      if (!isOver) {
        return 'renew';
      }
      // Reltio hands out the refused token until its end, and another one then.
      return canRefresh ? (needsSecret ?? afterErrors) : 'signIn';
    case 'signedIn':
      if (!canRefresh) {
        return isOver ? 'signIn' : 'renew';
      }
      return needsSecret ?? afterErrors;
  }
}
