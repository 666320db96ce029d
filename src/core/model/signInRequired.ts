import { Failure } from '../base/failure';
import { hostOf, isPastedToken } from './account';
import type { Session } from './session';

/** The failure of a session that has no valid token and cannot be refreshed. */
export function signInRequired({ account }: Session): Failure {
  return new Failure(isPastedToken(account) ? 'pasteAgain' : 'signInAgain', { host: hostOf(account) });
}
