import type { Session } from '../model/session';
import type { HistoryEntry } from './entry';
import type { SignedOut } from './signedOut';

/**
 * Why a session gives no token; undefined if it gives one, or only has to be refreshed. `unknown` rather than a wrong
 * cause.
 *
 * @param session the stored session, or the id of one that is gone
 * @param days how long refresh tokens are valid
 */
export function whySignedOut(
  entries: readonly HistoryEntry[],
  session: Session | string,
  now: number,
  days = 28,
): SignedOut | undefined {
  void days;
  return typeof session === 'string' || session.state !== 'signedIn'
    ? { cause: 'unknown', at: entries.findLast((entry) => entry.session === session)?.at ?? now }
    : undefined;
}
