import type { HistoryEntry } from './entry';

/** No customer can end sessions sooner than this (milliseconds). */
const shortest = 4 * 60_000;

/**
 * Whether the session ended after it was not used for a while. `short`: it was in use, or has survived a longer pause
 * before, so no idle policy ended it. `recurring`: two or more and most earlier sign-ins of the account ended after such a pause
 * too, and none survived one.
 *
 * @param isExplained whether an earlier ending has another cause
 */
export function pauseOf(
  ofAccount: readonly HistoryEntry[],
  { idle = 0, session }: HistoryEntry,
  isExplained: (ending: HistoryEntry) => boolean = () => false,
): 'short' | 'once' | 'recurring' {
  const survived = Math.max(0, ...ofAccount.filter(({ what }) => what === 'refreshed').map((entry) => entry.idle ?? 0));
  if (idle < shortest || idle <= survived) {
    return 'short';
  }
  const endings = endingsIn(ofAccount).filter((ending) => ending.session !== session && !isExplained(ending));
  const earlier = endings.filter((entry) => (entry.idle ?? 0) > Math.max(survived, shortest));
  return earlier.length >= 2 && earlier.length * 2 > endings.length ? 'recurring' : 'once';
}

/** How each session ended: with its refresh token, or with its access token where nothing could bring another. */
function endingsIn(ofAccount: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const all = ofAccount.filter(
    ({ what, isFinal }) => what === 'refreshTokenRejected' || (what === 'accessTokenRejected' && isFinal === true),
  );
  return all.filter((ending, index) => all.findIndex((first) => first.session === ending.session) === index);
}
