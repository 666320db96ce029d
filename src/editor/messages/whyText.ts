import type { HistoryEntry } from '../../core/history/entry';
import { whySignedOut } from '../../core/history/whySignedOut';
import type { Session } from '../../core/model/session';
import { signedOutText } from './signedOutText';

/** What is known of the past. */
export interface Past {
  readonly entries: readonly HistoryEntry[];
  /** How long refresh tokens are valid. */
  readonly refreshTokenDays: number;
}

/** Why a session, or one that is gone by its id, gives no token; undefined if it gives one. */
export function whyText(session: Session | string, now: number, past: Past): string | undefined {
  const why = whySignedOut(past.entries, session, now, past.refreshTokenDays);
  return why === undefined ? undefined : signedOutText(why, now);
}
