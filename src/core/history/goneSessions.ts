import type { HistoryEntry } from './entry';

/** A session that is not stored any more, and whose account is not signed in. */
export interface GoneSession {
  readonly id: string;
  /** The label of its account. Shown text: it may contain anything. */
  readonly account: string;
}

/** More than these nobody wants to read. */
const most = 3;

/**
 * The last session of each account that is not signed in, the latest first: those that the user did not sign out. If no
 * account is signed in, the latest counts also if the user did, because its end is what the user sees.
 *
 * @param accounts the labels of the accounts that are signed in
 */
export function goneSessions(entries: readonly HistoryEntry[], accounts: readonly string[]): readonly GoneSession[] {
  const last = new Map<string, GoneSession>();
  for (const { session, account } of entries.toReversed()) {
    if (session !== undefined && account !== undefined && !accounts.includes(account) && !last.has(account)) {
      last.set(account, { id: session, account });
    }
  }
  const wasRemoved = ({ id }: GoneSession): boolean =>
    entries.some(({ session, what }) => session === id && (what === 'signedOut' || what === 'replaced'));
  return [...last.values()]
    .filter((gone, index) => !wasRemoved(gone) || (index === 0 && accounts.length === 0))
    .slice(0, most);
}
