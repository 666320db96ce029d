import { Failure, type FailureCode } from '../oauth/failure';
import type { Session } from './session';
import { hasEnded } from './tokens';

/** After errors for this long a new sign-in is worth a try (milliseconds). */
const longTime = 3_600_000;

/** The server knows the client by then: it speaks of the user. */
const clientIsKnown: ReadonlySet<FailureCode> = new Set(['accountLocked', 'passwordExpired']);

/**
 * What a failed refresh says of its session, or the same session where it says nothing new. Nothing is given up: that
 * the refresh token was refused for good is another matter.
 */
export function afterFailedRefresh(session: Session, failure: Failure, now: number): Session {
  const { state, refreshErrors } = session;
  if (failure.code === 'clientRejected') {
    return state === 'signedIn' ? { ...session, state: 'clientRejected' } : session;
  }
  if (!isAnswer(failure)) {
    return session;
  }
  if (state === 'clientRejected' && clientIsKnown.has(failure.code)) {
    return { ...session, state: 'signedIn', refreshErrors: { from: now, to: now } };
  }
  if (refreshErrors === undefined || refreshErrors.to > now) {
    return { ...session, refreshErrors: { from: now, to: now } }; // later than now: the clock was set back
  }
  const isCrossing = !isLong(refreshErrors) && isLong({ from: refreshErrors.from, to: now });
  return isCrossing ? { ...session, refreshErrors: { from: refreshErrors.from, to: now } } : session;
}

/** Whether the token has expired, and errors have come for so long that a new sign-in is worth a try. */
export function keepsFailing({ state, refreshErrors, tokens }: Session, now: number): boolean {
  return state === 'signedIn' && refreshErrors !== undefined && isLong(refreshErrors) && hasEnded(tokens, now);
}

function isLong({ from, to }: NonNullable<Session['refreshErrors']>): boolean {
  return to - from >= longTime;
}

/** The failure as it is told: that it has been so for long outweighs what was answered the last time. */
export function toldFailure(session: Session, failure: Failure, now: number): Failure {
  if (!isAnswer(failure) || !keepsFailing(afterFailedRefresh(session, failure, now), now)) {
    return failure;
  }
  const { host } = new URL(session.account.identityServer);
  const { status } = failure;
  return new Failure('refreshKeepsFailing', { host, ...(status === undefined ? {} : { status }) });
}

/** Whether the identity server, or something in front of it, answered: where nobody does, a sign-in cannot help either. */
export function isAnswer({ code, status }: Failure): boolean {
  return code === 'tokenUnchanged' || code === 'tooLarge' || (status !== undefined && code !== 'proxy');
}
