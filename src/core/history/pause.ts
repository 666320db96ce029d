import type { HistoryEntry } from './entry';

/** No customer can end sessions sooner than this (milliseconds). */
const shortest = 4 * 60_000;

/**
 * Whether the session ended after it was not used for a while. `short`: it was in use, or has survived a longer pause
 * before, so no idle policy ended it. `recurring`: an earlier sign-in of the account ended after such a pause too, and
 * none survived one.
 *
 * @param isExplained whether an earlier ending has another cause
 */
export function pauseOf(
  ofAccount: readonly HistoryEntry[],
  { idle = 0 }: HistoryEntry,
  isExplained: (ending: HistoryEntry) => boolean = () => false,
): 'short' | 'once' | 'recurring' {
  const survived = Math.max(0, ...ofAccount.filter(({ what }) => what === 'refreshed').map((entry) => entry.idle ?? 0));
  if (idle < shortest || idle <= survived) {
    return 'short';
  }
  const endings = ofAccount.filter((entry) => entry.what === 'refreshTokenRejected' && !isExplained(entry));
  const earlier = endings.filter((entry) => (entry.idle ?? 0) > Math.max(survived, shortest));
  return earlier.length > 0 && earlier.length === endings.length ? 'recurring' : 'once';
}
