import { Failure } from '../base/failure';
import { failureTable } from '../base/failureTable';
import type { Session } from './session';
import { isExpired, type Tokens } from './tokens';

/** After errors for this long a new sign-in is worth a try (milliseconds). */
const longTime = 3_600_000;
/** An error and another one so much later, with no attempt in between, are two outages (milliseconds). */
const longestGap = 12 * 3_600_000;

/**
 * The session after a failed refresh; the same object where nothing changes. Never gives up a refresh token: `Refresher`
 * does that, on a definite answer.
 */
export function afterFailedRefresh(session: Session, failure: Failure, now: number): Session {
  const { state, refreshErrors } = session;
  if (failure.code === 'clientRejected') {
    const { refreshErrors: _undecided, ...rest } = session; // this one is decided: the client's secret helps
    const isNews = state === 'signedIn' || (state === 'clientRejected' && refreshErrors !== undefined);
    return isNews ? { ...rest, state: 'clientRejected' } : session;
  }
  if (!isAnswer(failure)) {
    return session;
  }
  if (state === 'clientRejected' && failureTable[failure.code].group === 'account') {
    return { ...session, state: 'signedIn', refreshErrors: { from: now, to: now } };
  }
  if (refreshErrors !== undefined && isLong(refreshErrors)) {
    return session;
  }
  const from = refreshErrors?.from ?? now;
  if (refreshErrors === undefined || from > now || now - from > longestGap) {
    return { ...session, refreshErrors: { from: now, to: now } }; // later than now: the clock was set back
  }
  return isLong({ from, to: now }) ? { ...session, refreshErrors: { from, to: now } } : session;
}

/** The session with new tokens. Ones that have expired by now are no success: errors go on being counted. */
export function afterRefresh(session: Session, state: Session['state'], tokens: Tokens, now: number): Session {
  const { refreshErrors, ...rest } = session;
  const isSuccess = !isExpired(tokens, now) || refreshErrors === undefined;
  return isSuccess ? { ...rest, state, tokens } : { ...rest, refreshErrors, state, tokens };
}

/** Whether the token has expired, and errors have come for so long that a new sign-in is worth a try. */
export function keepsFailing({ state, refreshErrors, tokens }: Session, now: number): boolean {
  return state !== 'signInAgain' && refreshErrors !== undefined && isLong(refreshErrors) && isExpired(tokens, now);
}

function isLong({ from, to }: NonNullable<Session['refreshErrors']>): boolean {
  return to - from >= longTime;
}

/** The failure to report: after an hour of errors, that outweighs the latest one, which is its `cause`. */
export function failureToReport(session: Session, failure: Failure, now: number): Failure {
  if (!isAnswer(failure) || !keepsFailing(afterFailedRefresh(session, failure, now), now)) {
    return failure;
  }
  const { host } = new URL(session.account.identityServer);
  const { status } = failure;
  return new Failure('refreshKeepsFailing', { host, cause: failure, ...(status === undefined ? {} : { status }) });
}

/** Whether the identity server, or something in front of it, answered: where nobody does, a sign-in cannot help either. */
export function isAnswer({ code, status }: Failure): boolean {
  return failureTable[code].group === 'answer' || (status !== undefined && code !== 'proxy');
}
