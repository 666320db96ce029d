import type { Failure } from '../base/failure';
import { failureTable } from '../base/failureTable';
import { howItRefreshes } from './refreshMeans';
import type { RefreshErrors, Session } from './session';
import { isExpired } from './tokens';

/** After errors for this long, a new sign-in is worth a try (milliseconds). */
const longTime = 3_600_000;
/** Two errors this far apart, with no attempt in between, belong to two outages (milliseconds). */
const longestGap = 12 * 3_600_000;

/**
 * Records one more error. Returns the same object if nothing changes: an outage is stored twice, not at every error.
 */
export function withError(errors: RefreshErrors | undefined, now: number): RefreshErrors {
  if (errors === undefined) {
    return { from: now, to: now };
  }
  if (isLong(errors)) {
    return errors;
  }
  if (errors.from > now || now - errors.from > longestGap) {
    return { from: now, to: now }; // later than now: the clock was set back
  }
  return isLong({ from: errors.from, to: now }) ? { from: errors.from, to: now } : errors;
}

/**
 * Whether the token has expired, and errors have come for so long that a new sign-in is worth a try. That is
 * never so for a client: its sign-in and its refresh are the same request.
 */
export function keepsFailing(session: Session, now: number): boolean {
  const { state, refreshErrors, tokens } = session;
  const isLasting = refreshErrors !== undefined && isLong(refreshErrors) && isExpired(tokens, now);
  return isLasting && state !== 'signInAgain' && howItRefreshes(session).kind !== 'clientAgain';
}

function isLong({ from, to }: RefreshErrors): boolean {
  return to - from >= longTime;
}

/**
 * Whether the identity server, or something in front of it, answered. If nothing answers, a sign-in cannot help either.
 */
export function isAnswer({ code, status }: Failure): boolean {
  return failureTable[code].group === 'answer' || (status !== undefined && code !== 'proxy');
}
