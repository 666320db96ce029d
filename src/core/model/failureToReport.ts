import { Failure } from '../base/failure';
import { hostOf } from './account';
import { isAnswer, keepsFailing } from './refreshErrors';
import type { Session } from './session';
import { refreshFailed } from './transitions';

/** The failure to report: after an hour of errors `refreshKeepsFailing`, with the latest failure as its `cause`. */
export function failureToReport(session: Session, failure: Failure, now: number): Failure {
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
