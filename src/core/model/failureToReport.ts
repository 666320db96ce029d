import { Failure } from '../base/failure';
import { failureTable } from '../base/failureTable';
import { hostOf } from './account';
import { isAnswer, keepsFailing } from './refreshErrors';
import type { Session } from './session';
import { refreshFailed } from './transitions';

/**
 * The failure to report: after an hour of errors `refreshKeepsFailing`, with the latest failure as its `cause`. If a client
 * that registered itself is refused, only another sign-in helps: the user knows no secret of it.
 */
export function failureToReport(session: Session, failure: Failure, now: number): Failure {
  if (session.method.registersClient === true && failureTable[failure.code].group === 'client') {
    return new Failure('signInAgain', { host: hostOf(session.account), cause: failure });
  }
  if (!isAnswer(failure) || !keepsFailing(refreshFailed(session, failure, now), now)) {
    return failure;
  }
  const { status } = failure;
  return new Failure('refreshKeepsFailing', {
    host: hostOf(session.account),
    cause: failure,
    ...(status === undefined ? {} : { status }),
  });
}
