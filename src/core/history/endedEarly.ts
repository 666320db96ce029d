import type { Session } from '../model/session';
import type { HistoryEntry } from './entry';
import { pauseOf } from './pause';
import type { SignedOut } from './signedOut';

/** Why an access token was rejected before its expiry, while its refresh token may still be good. */
export function endedEarly(
  entries: readonly HistoryEntry[],
  session: Session,
  rejected: HistoryEntry | undefined,
  now: number,
): SignedOut {
  if (rejected === undefined) {
    return { cause: 'unknown', at: now };
  }
  const { at, account } = rejected;
  if (session.renewal === 'clientAgain') {
    return { cause: 'revokedElsewhere', at }; // nobody else signs in as a client
  }
  if (session.renewal === 'none') {
    return { cause: 'unknown', at }; // a pasted token belongs to another program, which may have done anything with it
  }
  const before = entries.slice(0, entries.lastIndexOf(rejected)).filter((entry) => entry.account === account);
  const pause = pauseOf(before, rejected);
  return { cause: pause === 'short' ? 'anotherLogin' : pause === 'recurring' ? 'idlePolicy' : 'unknown', at };
}
