import { hostOf } from '../model/account';
import { keepsFailing } from '../model/refreshErrors';
import { canRefresh } from '../model/refreshMeans';
import type { Session } from '../model/session';
import { isExpired, isFromFuture } from '../model/tokens';
import { clockSetBetween } from './clockSet';
import { endedEarly } from './endedEarly';
import type { HistoryEntry } from './entry';
import { refreshTokenLost } from './refreshTokenLost';
import type { SignedOut } from './signedOut';

/**
 * Why a session gives no token; undefined if it gives one, or only has to be refreshed. `unknown` rather than a wrong
 * cause. Pure.
 *
 * @param entries what `History.read` returns
 * @param session the stored session, or the id of one that is gone
 * @param days how long refresh tokens are valid
 */
export function whySignedOut(
  entries: readonly HistoryEntry[],
  session: Session | string,
  now: number,
  days = 28,
): SignedOut | undefined {
  if (typeof session === 'string') {
    return whyGone(entries, session);
  }
  const own = entries.filter((entry) => entry.session === session.id);
  const last = (what: HistoryEntry['what']): HistoryEntry | undefined => own.findLast((entry) => entry.what === what);
  switch (session.state) {
    case 'signedIn':
      return canRefresh(session) ? notNow(entries, session, now) : withoutRefresh(entries, session, now);
    case 'clientRejected':
      return { cause: 'clientChanged', at: last('clientRejected')?.at ?? now };
    case 'rejected':
      return endedEarly(entries, session, last('accessTokenRejected'), now);
    case 'signInAgain': {
      const revoked = last('revokedHere');
      if (revoked !== undefined) {
        return { cause: 'revokedHere', at: revoked.at };
      }
      const rejected = last('refreshTokenRejected');
      return rejected === undefined
        ? endedEarly(entries, session, last('accessTokenRejected'), now)
        : refreshTokenLost(entries, rejected, days);
    }
  }
}

/** Only a sign-out removes a session. So if there was none, the secret storage has lost it. */
function whyGone(entries: readonly HistoryEntry[], id: string): SignedOut | undefined {
  const own = entries.filter((entry) => entry.session === id);
  const removed = own.findLast(({ what }) => what === 'signedOut' || what === 'replaced');
  if (removed !== undefined) {
    return removed.what === 'replaced' ? undefined : { cause: 'signedOutHere', at: removed.at };
  }
  const last = own.at(-1);
  return last && { cause: last.inBrowser === true ? 'unknown' : 'keyring', at: last.at };
}

/** The session is in order, but a token that has expired cannot be refreshed at the moment. */
function notNow(entries: readonly HistoryEntry[], session: Session, now: number): SignedOut | undefined {
  const { expiryKnownAt } = session.tokens;
  const host = hostOf(session.account);
  const failed = entries.find(
    ({ what, at, ...of }) =>
      (what === 'noAnswer' || what === 'failed') &&
      (of.session === session.id || of.host === host) &&
      at > expiryKnownAt &&
      at <= now,
  );
  const since = failed?.at ?? (keepsFailing(session, now) ? session.refreshErrors?.from : undefined);
  return since !== undefined && isExpired(session.tokens, now) ? { cause: 'networkOnly', at: since } : undefined;
}

/** Nothing can refresh the token of this session, so only the clock decides. */
function withoutRefresh(entries: readonly HistoryEntry[], session: Session, now: number): SignedOut | undefined {
  const { tokens, id } = session;
  const signedIn = entries.findLast((entry) => entry.session === id && entry.what === 'signedIn');
  const setBy = clockSetBetween(signedIn, entries.at(-1));
  const [isOver, isUnclear] = [isExpired(tokens, now), isFromFuture(tokens, now)];
  if (!isOver && !isUnclear) {
    return undefined;
  }
  const isOnlyClock = isUnclear || !isExpired(tokens, now - setBy);
  return { cause: isOnlyClock ? 'clock' : 'tokenExpired', at: Math.min(tokens.accessTokenExpiresAt, now) };
}
