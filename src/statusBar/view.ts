import { accountLabel } from '../sessions/account';
import type { Session } from '../sessions/session';
import { hasEnded, lifeLeft } from '../sessions/tokens';
import { spanText, timeText } from '../support/timeText';

/** What the status bar shows. */
export interface StatusView {
  /** With icons. */
  readonly text: string;
  /** The same in words, for a screen reader. */
  readonly spoken: string;
  readonly tooltip: string;
  readonly command: 'reltioAuth.signIn' | 'reltioAuth.refreshToken';
  /** When the text will differ, milliseconds from now; undefined: only when the session changes. */
  readonly nextChange: number | undefined;
}

const minute = 60_000;

/**
 * @param session the one in use, undefined when signed out
 * @param problem a sentence about the stored sessions, if something is wrong with them
 */
export function statusView(session: Session | undefined, now: number, problem?: string): StatusView {
  if (session === undefined && problem !== undefined) {
    return {
      text: '$(warning) Reltio: Sign in',
      spoken: `Reltio: signed out. ${problem}`,
      tooltip: problem,
      command: 'reltioAuth.signIn',
      nextChange: undefined,
    };
  }
  if (session === undefined) {
    return {
      text: '$(key) Reltio: Sign in',
      spoken: 'Reltio: signed out. Sign in.',
      tooltip: 'Sign in to Reltio',
      command: 'reltioAuth.signIn',
      nextChange: undefined,
    };
  }
  const label = accountLabel(session.account);
  if (session.state === 'signInAgain' && hasEnded(session.tokens, now)) {
    return {
      text: '$(warning) Reltio: Sign in again',
      spoken: `Reltio: the sign-in of ${label} has ended. Sign in again.`,
      tooltip: `The sign-in of ${label} has ended. Click to sign in again.`,
      command: 'reltioAuth.signIn',
      nextChange: undefined,
    };
  }
  const left = lifeLeft(session.tokens, now);
  if (left === 0) {
    return {
      text: '$(key) Reltio: ended',
      spoken: `Reltio: the token of ${label} has ended. It renews on next use.`,
      tooltip: `The token of ${label} has ended. It renews on next use; click to renew it now.`,
      command: 'reltioAuth.refreshToken',
      nextChange: undefined,
    };
  }
  const estimate = session.tokens.endIsEstimate ? 'about ' : '';
  return {
    text: `$(key) Reltio ${session.tokens.endIsEstimate ? '~' : ''}${spanText(left)}`,
    spoken: `Reltio: the token of ${label} lives ${estimate}${spanText(left)} more.`,
    tooltip: `${label}\n\nThe token lives until ${estimate}${timeText(session.tokens.accessTokenEndsAt, now)}. Click to refresh it.`,
    command: 'reltioAuth.refreshToken',
    nextChange: left % minute === 0 ? minute : left % minute,
  };
}
