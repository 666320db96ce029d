import { keepsFailing } from './failedRefresh';
import type { Session } from './session';
import { hasEnded } from './tokens';

/** What only the person can do for a session. */
export type SessionRemedy =
  | 'signIn'
  /** Sign in as well, and have the tokens of before revoked where Reltio hands them out again. */
  | 'renew'
  | 'updateClientSecret';

/**
 * The one thing that helps, or undefined where a refresh may. Everything that a person sees or is told about a session
 * names this and nothing else.
 */
export function remedyOf(session: Session, now: number): SessionRemedy | undefined {
  const { state, tokens } = session;
  const isOver = hasEnded(tokens, now);
  switch (state) {
    case 'signInAgain':
      return 'signIn';
    case 'clientRejected':
      return 'updateClientSecret';
    case 'rejected':
      // Reltio hands out the refused token until its end, and another one then.
      return !isOver ? 'renew' : tokens.refreshToken === undefined ? 'signIn' : undefined;
    case 'signedIn':
      if (tokens.refreshToken === undefined) {
        return isOver ? 'signIn' : 'renew';
      }
      return keepsFailing(session, now) ? 'signIn' : undefined;
  }
}
