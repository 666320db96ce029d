import { clockSetBetween } from './clockSet';
import type { HistoryEntry } from './entry';
import { pauseOf } from './pause';
import type { Cause, SignedOut } from './signedOut';

const day = 24 * 3_600_000;
/** A server may count from a moment before its answer came (milliseconds). */
const tolerance = 60_000;

/** Why the identity server rejected a refresh token for good. */
export function refreshTokenLost(entries: readonly HistoryEntry[], rejected: HistoryEntry, days: number): SignedOut {
  const { at, account, session } = rejected;
  const known = seenHere(entries, rejected, days);
  const ofAccount = before(entries, rejected).filter((entry) => entry.account === account);
  const pause = pauseOf(ofAccount, rejected, (ending) => seenHere(entries, ending, days) !== undefined);
  if (known !== undefined) {
    return known.cause === 'lostAnswer' && pause === 'recurring' ? { cause: 'unknown', at } : known;
  }
  if (pause !== 'short') {
    return { cause: pause === 'recurring' ? 'idlePolicy' : 'unknown', at };
  }
  if (!isShared(ofAccount, session)) {
    return { cause: 'revokedElsewhere', at };
  }
  // Of a token that another program had first, the age is not known. If it is replaced at each refresh, that program did it.
  return { cause: rotates(ofAccount) === true ? 'anotherLogin' : 'unknown', at };
}

/** A cause that left traces here; undefined if the server alone knows it. */
function seenHere(entries: readonly HistoryEntry[], rejected: HistoryEntry, days: number): SignedOut | undefined {
  const { at, age = 0, sinceAnswer = 0, session, account } = rejected;
  const earlier = before(entries, rejected);
  const own = earlier.filter((entry) => entry.session === session);
  const isRotated = rotates(earlier.filter((entry) => entry.account === account));
  const received = own.findLast(({ what }) => what === 'signedIn' || (isRotated === true && what === 'refreshed'));
  if (age - clockSetBetween(received, rejected) >= days * day - tolerance) {
    return { cause: 'expired', at };
  }
  const since = at - sinceAnswer - tolerance;
  const troubles = earlier.filter((entry) => entry.at >= since && (entry.session ?? session) === session);
  const last = (cause: Cause, ...whats: readonly HistoryEntry['what'][]): SignedOut | undefined => {
    const found = troubles.findLast(({ what }) => whats.includes(what));
    return found && { cause, at: found.at };
  };
  const lost = isRotated === false ? undefined : last('lostAnswer', 'noAnswer', 'windowDied', 'writeLost');
  return lost ?? last('clientChanged', 'clientRejected');
}

function before(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  return entries.slice(0, entries.lastIndexOf(entry));
}

/** Whether the server gives another refresh token at each refresh; undefined if that was never seen. */
function rotates(ofAccount: readonly HistoryEntry[]): boolean | undefined {
  return ofAccount.findLast((entry) => entry.rotates !== undefined)?.rotates;
}

/** A sign-in that brought a token whose time had partly passed has joined the login of another program. */
function isShared(ofAccount: readonly HistoryEntry[], session: string | undefined): boolean {
  const signedIn = ofAccount.findLast((entry) => entry.session === session && entry.what === 'signedIn');
  const usual = Math.max(...ofAccount.map(({ left = 0 }) => left));
  return signedIn?.left !== undefined && signedIn.left < usual * 0.9;
}
