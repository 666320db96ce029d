import { Failure, type FailureCode } from '../oauth/failure';
import type { Session } from './session';
import { hasEnded } from './tokens';

/** A refresh that the server has answered with errors for this long is not waited for any more (milliseconds). */
const longestTrouble = 3_600_000;

/** The server knows the client by then: it speaks of the user. */
const clientIsKnown: ReadonlySet<FailureCode> = new Set(['accountLocked', 'passwordExpired']);

/**
 * What a failed refresh says of its session, or the same session where it says nothing new. Nothing is given up: that
 * the refresh token was refused for good is another matter.
 */
export function afterFailedRefresh(session: Session, failure: Failure, now: number): Session {
  const { state, refreshFailingSince } = session;
  if (failure.code === 'clientRejected') {
    return state === 'signedIn' ? { ...session, state: 'clientRejected' } : session;
  }
  const isKnown = refreshFailingSince !== undefined && refreshFailingSince <= now; // later: the clock was set back
  const isCleared = state === 'clientRejected' && clientIsKnown.has(failure.code);
  if (!isAnswer(failure) || (isKnown && !isCleared)) {
    return session;
  }
  return {
    ...session,
    state: isCleared ? 'signedIn' : state,
    refreshFailingSince: isKnown ? refreshFailingSince : now,
  };
}

/** Whether the token has expired and only errors have come for an hour: then a new sign-in is worth a try. */
export function keepsFailing(session: Session, now: number): boolean {
  const givenUpAt = worthANewSignInAt(session);
  return givenUpAt !== undefined && now >= givenUpAt && hasEnded(session.tokens, now);
}

/** When a refresh that is failing now will have failed for too long, milliseconds since 1970. */
export function worthANewSignInAt({ state, refreshFailingSince }: Session): number | undefined {
  return state === 'signedIn' && refreshFailingSince !== undefined ? refreshFailingSince + longestTrouble : undefined;
}

/** The failure as it is told: that it has been so for long outweighs what was answered the last time. */
export function toldFailure(session: Session, failure: Failure, now: number): Failure {
  if (!isAnswer(failure) || !keepsFailing(session, now)) {
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
