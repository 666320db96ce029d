import { Failure } from '../base/failure';
import { hostOf } from './account';
import { accountKind } from './accountKind';
import type { Session } from './session';

/** The failure of a session that has no valid token and cannot be refreshed. */
export function signInRequired({ account }: Session): Failure {
  return new Failure(accountKind(account).signInRequired, { host: hostOf(account) });
}
