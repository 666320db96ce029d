import type { Failure } from '../base/failure';
import { accountKind } from './accountKind';
import { isAnswer, keepsFailing } from './refreshErrors';
import type { Session } from './session';
import { isExpired } from './tokens';
import { canRefresh } from './refreshMeans';

/** An action that only the user can take for a session. */
export type SessionRemedy =
  | 'signIn'
  /** Sign in, and revoke the old tokens first if Reltio returns them again. */
  | 'renew'
  /** Nothing can refresh a pasted token. */
  | 'pasteToken'
  | 'updateClientSecret';

/**
 * The one action that helps, or undefined if a refresh may help. Every text about a session offers this action and no
 * other.
 *
 * @param lastFailure why the last refresh of this session failed, if it did
 */
export function remedyOf(session: Session, now: number, lastFailure?: Failure): SessionRemedy | undefined {
  const { onlyRemedy } = accountKind(session.account);
  if (onlyRemedy !== undefined) {
    return onlyRemedy;
  }
  const hasExpired = isExpired(session.tokens, now);
  const isAnswered = lastFailure === undefined || isAnswer(lastFailure); // otherwise a sign-in would fail as well
  const afterErrors = keepsFailing(session, now) && isAnswered ? 'signIn' : undefined;
  const isRefreshable = canRefresh(session);
  const ofClient = session.method.registersClient === true ? 'signIn' : 'updateClientSecret';
  const needsSecret = isRefreshable && lastFailure?.code === 'clientUnknown' ? ofClient : undefined;
  switch (session.state) {
    case 'signInAgain':
      return 'signIn';
    case 'clientRejected':
      return afterErrors ?? ofClient;
    case 'rejected':
      if (!hasExpired) {
        return 'renew';
      }
      // Reltio returns the rejected token until its expiry, and another one after it.
      return isRefreshable ? (needsSecret ?? afterErrors) : 'signIn';
    case 'signedIn':
      if (!isRefreshable) {
        return hasExpired ? 'signIn' : 'renew';
      }
      return needsSecret ?? afterErrors;
  }
}
