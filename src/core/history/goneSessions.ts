import type { HistoryEntry } from './entry';

/** A session that is not stored any more, and whose account is not signed in. */
export interface GoneSession {
  readonly id: string;
  /** The label of its account. Shown text: it may contain anything. */
  readonly account: string;
}

/**
 * The last session of each account that is not signed in, the latest first.
 *
 * @param accounts the labels of the accounts that are signed in
 */
export function goneSessions(entries: readonly HistoryEntry[], accounts: readonly string[]): readonly GoneSession[] {
  const gone = new Map<string, GoneSession>();
  for (const { session, account } of entries.toReversed()) {
    if (session !== undefined && account !== undefined && !accounts.includes(account) && !gone.has(account)) {
      gone.set(account, { id: session, account });
    }
  }
  return [...gone.values()];
}
