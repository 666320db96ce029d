import type { Failure, FailureCode } from '../base/failure';
import { failureTable } from '../base/failureTable';
import { accountId, accountLabel, hostOf } from '../model/account';
import type { Changes } from '../model/changes';
import { canRefresh } from '../model/refreshMeans';
import type { Session } from '../model/session';
import { isExpired, timeLeft } from '../model/tokens';
import { isBrokenConnection } from './brokenConnection';
import type { HistoryEntry } from './entry';

/** After these, the server may have processed the request. */
const mayBeProcessed: readonly FailureCode[] = [
  'timeout',
  'unreachable',
  'serverError',
  'notReltio',
  'badAnswer',
  'tooLarge',
];

/** Among them, these of Node: there was no connection yet, so nothing was sent. */
const notConnected = ['ECONNREFUSED', 'UND_ERR_CONNECT_TIMEOUT'];

/** A pause is worth a line if it is this much longer than the longest one so far. */
const longer = 1.25;

/** What this window has recorded of a session, so that it records no more than what is news. */
interface Known {
  readonly idle: number;
  readonly rotates: boolean | undefined;
  /** What went wrong since the server last answered. */
  readonly troubles: readonly Trouble[];
  readonly answeredAt: number;
}

/** A broken connection is news after an answer that was none, because it says more. */
type Trouble = 'noAnswer' | 'brokenConnection' | 'failed' | 'windowDied';

const nothing: Known = { idle: -1, rotates: undefined, troubles: [], answeredAt: 0 };

/** Turns what happens into entries: few, because sessions are refreshed all day. */
export class Notes {
  private readonly known = new Map<string, Known>();

  /** @param usedAt when a token of each session was last returned to a caller (milliseconds since 1970) */
  ofChanges(
    { added, removed, changed }: Changes,
    now: number,
    usedAt: ReadonlyMap<string, number>,
  ): readonly HistoryEntry[] {
    removed.forEach(({ id }) => this.known.delete(id));
    return [
      ...removed.map((session) => entryOf(session, now, isIn(added, session) ? 'replaced' : 'signedOut')),
      ...added.map((session) => ({
        ...entryOf(session, now, 'signedIn'),
        left: timeLeft(session.tokens, now),
        isFinal: !canRefresh(session),
      })),
      ...changed.flatMap(({ before, after }) => this.ofChange(before, after, now, usedAt.get(after.id))),
    ];
  }

  ofFailure(session: Session, { code, nodeCode = '' }: Failure, now: number): readonly HistoryEntry[] {
    const isOfNetwork = ['offline', 'answer', 'refusal'].includes(failureTable[code].group);
    const what = mayBeProcessed.includes(code) && !notConnected.includes(nodeCode) ? 'noAnswer' : 'failed';
    const trouble = what === 'noAnswer' && isBrokenConnection(code) ? 'brokenConnection' : what;
    if (!isOfNetwork || !this.isNews(session, trouble)) {
      return [];
    }
    const host = failureTable[code].blocks === 'server' ? { host: hostOf(session.account) } : {};
    return [{ ...entryOf(session, now, what), code, ...host }];
  }

  /** A window that was refreshing this session was closed, killed or suspended. */
  ofDeadWindow(session: Session, now: number): readonly HistoryEntry[] {
    return this.isNews(session, 'windowDied') ? [entryOf(session, now, 'windowDied')] : [];
  }

  /** One line of each kind is enough until the server answers again, to this window or another. */
  private isNews({ id, tokens: { expiryKnownAt } }: Session, what: Trouble): boolean {
    const known = this.known.get(id) ?? nothing;
    const troubles = known.answeredAt === expiryKnownAt ? known.troubles : [];
    const isNews = !troubles.includes(what);
    if (isNews) {
      this.known.set(id, { ...known, troubles: [...troubles, what], answeredAt: expiryKnownAt });
    }
    return isNews;
  }

  private ofChange(before: Session, after: Session, now: number, usedAt: number | undefined): readonly HistoryEntry[] {
    const idle = Math.max(now - Math.max(before.tokens.expiryKnownAt, usedAt ?? 0), 0);
    const sinceAnswer = Math.max(now - before.tokens.expiryKnownAt, 0);
    const left = timeLeft(before.tokens, now);
    if (before.tokens.refreshToken !== undefined && after.tokens.refreshToken === undefined) {
      const age = now - (before.tokens.refreshTokenReceivedAt ?? now);
      return [{ ...entryOf(after, now, 'refreshTokenRejected'), age, idle, sinceAnswer, left }];
    }
    const wasRejected = after.state === 'rejected' || after.state === 'signInAgain';
    if (wasRejected && (before.state !== after.state || left > timeLeft(after.tokens, now))) {
      return [{ ...entryOf(after, now, 'accessTokenRejected'), idle, sinceAnswer, left, isFinal: !canRefresh(after) }];
    }
    if (before.state !== after.state && after.state === 'clientRejected') {
      return [entryOf(after, now, 'clientRejected')];
    }
    if (before.tokens.accessToken !== after.tokens.accessToken && !isExpired(after.tokens, now)) {
      return this.ofRefresh(before, after, now);
    }
    return before.state === 'clientRejected' && after.state === 'signedIn'
      ? [entryOf(after, now, 'clientAccepted')]
      : [];
  }

  /** One line for the first refresh, and then only for what shows something new of the server. */
  private ofRefresh(before: Session, after: Session, now: number): readonly HistoryEntry[] {
    const known = this.known.get(after.id) ?? nothing;
    // A request that failed meanwhile may have reached the server, and so counted as a use.
    const wasQuiet = known.answeredAt !== before.tokens.expiryKnownAt || known.troubles.length === 0;
    const idle = wasQuiet ? Math.max(after.tokens.expiryKnownAt - before.tokens.accessTokenExpiresAt, 0) : 0;
    const rotates = before.tokens.refreshToken !== after.tokens.refreshToken;
    const isNews = known.rotates !== rotates || idle > known.idle * longer + 60_000 || before.state !== after.state;
    this.known.set(after.id, { idle: Math.max(known.idle, idle), rotates, troubles: [], answeredAt: 0 });
    return isNews ? [{ ...entryOf(after, now, 'refreshed'), idle, rotates, left: timeLeft(after.tokens, now) }] : [];
  }
}

function isIn(sessions: readonly Session[], { account }: Session): boolean {
  return sessions.some((other) => accountId(other.account) === accountId(account));
}

function entryOf({ id, account }: Session, at: number, what: HistoryEntry['what']): HistoryEntry {
  return { at, what, session: id, account: accountLabel(account) };
}
