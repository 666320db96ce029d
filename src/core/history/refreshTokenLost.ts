import { isBrokenConnection } from './brokenConnection';
import { clockSetBetween } from './clockSet';
import type { HistoryEntry } from './entry';
import { pauseOf } from './pause';
import type { SignedOut } from './signedOut';

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
  return { cause: isOfUnknownAge(ofAccount, session) ? 'unknown' : 'endedElsewhere', at };
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
  const troubles = earlier.filter((entry) => entry.at >= at - sinceAnswer && (entry.session ?? session) === session);
  const lost = isRotated === true ? troubles.findLast(losesAnswer) : undefined;
  const mayBeLost = isRotated === false ? undefined : troubles.findLast(({ what }) => mayLose.includes(what));
  if (mayBeLost !== undefined) {
    return lost === undefined ? { cause: 'unknown', at: mayBeLost.at } : { cause: 'lostAnswer', at: lost.at };
  }
  const client = troubles.findLast(({ what }) => what === 'clientRejected');
  return client && { cause: 'clientChanged', at: client.at };
}

/** After these, another refresh token may have been issued that nobody here has. */
const mayLose: readonly HistoryEntry['what'][] = ['noAnswer', 'windowDied', 'writeLost'];

function losesAnswer({ what, code }: HistoryEntry): boolean {
  return what === 'noAnswer' ? isBrokenConnection(code) : mayLose.includes(what);
}

function before(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] {
  return entries.slice(0, entries.lastIndexOf(entry));
}

/** Whether the server gives another refresh token at each refresh; undefined if that was never seen. */
function rotates(ofAccount: readonly HistoryEntry[]): boolean | undefined {
  return ofAccount.findLast((entry) => entry.rotates !== undefined)?.rotates;
}

/**
 * A sign-in that brought a token whose time had partly passed has joined the login of another program, whose refresh token may
 * be as old as it can be. One that a refresh has brought since is as old as we know.
 */
function isOfUnknownAge(ofAccount: readonly HistoryEntry[], session: string | undefined): boolean {
  const own = ofAccount.filter((entry) => entry.session === session);
  const signedIn = own.findLast(({ what }) => what === 'signedIn');
  const usual = Math.max(...ofAccount.map(({ left = 0 }) => left));
  const hasJoined = signedIn?.left !== undefined && signedIn.left < usual * 0.9;
  return hasJoined && !own.some(({ what, rotates: isOurs }) => what === 'refreshed' && isOurs === true);
}
