import { canRefresh } from '../model/refreshMeans';
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
  const before = entries.slice(0, entries.lastIndexOf(rejected)).filter((entry) => entry.account === account);
  const pause = pauseOf(before, rejected);
  if (pause === 'short') {
    // A revocation would have ended the refresh token as well, if there is one.
    return { cause: session.state === 'rejected' && canRefresh(session) ? 'anotherLogin' : 'endedElsewhere', at };
  }
  // A pasted token belongs to another program, which may go on with it while nobody here does.
  return { cause: pause === 'recurring' && session.renewal !== 'none' ? 'idlePolicy' : 'unknown', at };
}
