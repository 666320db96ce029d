import type { FailureCode } from '../../core/base/failure';
import type { CopiedToken } from '../../editor/copiedToken';
import { accountLabel, type Account } from '../../core/model/account';
import type { Outage } from '../../core/calls/failureMemory';
import { keepsFailing } from '../../core/model/refreshErrors';
import { remedyOf } from '../../core/model/remedy';
import { renewNoticeStart } from '../../core/model/renewNotice';
import type { Session } from '../../core/model/session';
import { canRefresh } from '../../core/model/transitions';
import { spokenSpan, timeText } from '../../editor/messages/timeText';
import type { AccountQuestion } from '../../editor/accountInUse';

/** All that the status bar, its tooltip and its menu tell of. Times are milliseconds since 1970. */
export interface StatusState {
  /** The account in use in this workspace; undefined when signed out, or where the person has to choose. */
  readonly session: Session | undefined;
  /** `with a password`; empty where there is no session. */
  readonly signedInWith: string;
  /** Accounts are signed in, and none of them is the one of this workspace. */
  readonly question: AccountQuestion | undefined;
  /** Whether this workspace has known others, so that it must be named. */
  readonly isNamed: boolean;
  readonly isRefreshing: boolean;
  /** What keeps the identity server from renewing, and since when. */
  readonly outage: Outage | undefined;
  /** When the refresh token ends; undefined where there is none. */
  readonly refreshTokenExpiresAt: number | undefined;
  /** The token that lies on the clipboard, whosever it is. */
  readonly copied: CopiedToken | undefined;
  /** A sentence about the stored sessions, if something is wrong with them. */
  readonly problem: string | undefined;
}

/**
 * Who looks at the window: `focused` counts down; `unfocused` sees the end as a time of day; `away` is not looked at, and
 * nothing wakes up for it.
 */
export type Attention = 'focused' | 'unfocused' | 'away';

/** The one thing that the status bar says. */
export type Condition =
  | 'signedOut'
  | 'storeProblem'
  /** Accounts are signed in, and the person has to say which one this workspace uses. */
  | 'chooseAccount'
  | 'signInAgain'
  /** The token is valid for a while, and nothing can refresh it. */
  | 'signInSoon'
  /** The server has answered every refresh with an error for too long. */
  | 'keepsFailing'
  /** Reltio has ended the token before its time and hands out no other. */
  | 'refused'
  | 'clientRejected'
  | 'renewing'
  | 'offline'
  | 'notRenewing'
  | 'ended'
  | 'renewSoon'
  | 'ending'
  | 'fresh';

/** The icon changes for the last minutes of a token (milliseconds). */
const endingNotice = 5 * 60_000;

/** Nobody answered. All else was answered, by the identity server or by something in between. */
const offlineCodes: ReadonlySet<FailureCode> = new Set(['dns', 'proxy', 'timeout', 'tls', 'unreachable']);

/** @param left milliseconds that the access token still lives */
export function conditionOf(state: StatusState, left: number, now: number): Condition {
  const { session } = state;
  if (session === undefined && state.question !== undefined) {
    return 'chooseAccount';
  }
  if (session === undefined) {
    return state.problem === undefined ? 'signedOut' : 'storeProblem';
  }
  const weather = relevantOutage(state, now);
  const isOffline = weather !== undefined && offlineCodes.has(weather.failure.code);
  const remedy = remedyOf(session, now, weather?.failure);
  if (remedy === 'signIn') {
    return keepsFailing(session, now) ? 'keepsFailing' : left === 0 ? 'signInAgain' : 'signInSoon';
  }
  if (session.state === 'rejected' && remedy === 'renew') {
    return 'refused';
  }
  if (remedy === 'updateClientSecret') {
    return 'clientRejected';
  }
  if (state.isRefreshing) {
    return 'renewing';
  }
  if (weather !== undefined) {
    return isOffline ? 'offline' : 'notRenewing';
  }
  if (endsSoon(state, now)) {
    return 'renewSoon';
  }
  if (left === 0) {
    return 'ended';
  }
  return left <= endingNotice ? 'ending' : 'fresh';
}

/** Why the person has to choose an account, in a sentence. */
export function chooseText(gone: Account | undefined): string {
  return gone === undefined
    ? 'No account has been chosen for this workspace yet.'
    : `${accountLabel(gone)} is not signed in any more.`;
}

/**
 * What lies on the clipboard, in a sentence that stays true without a timer. What cannot be read there may have been
 * replaced.
 */
export function copiedText({ label, form, at, clearAfter, isOverdue }: CopiedToken, now: number): string {
  const what = `The ${form === 'token' ? 'token' : 'header with the token'} of ${label}`;
  if (isOverdue) {
    return `${what} is still on the clipboard: it could not be cleared yet.`;
  }
  return clearAfter === undefined
    ? `${what} was copied at ${timeText(at, now)} and may still be on the clipboard.`
    : `${what} is on the clipboard. It is cleared ${clearAfter % 60 === 0 ? spokenSpan(clearAfter * 1000) : `${clearAfter} seconds`} after it was copied.`;
}

/** What keeps a session from being renewed. What only the person can mend, no weather changes: there it is old news. */
export function relevantOutage({ session, outage: weather }: StatusState, now: number): Outage | undefined {
  if (session === undefined || !canRefresh(session)) {
    return undefined;
  }
  return remedyOf(session, now) === undefined || keepsFailing(session, now) ? weather : undefined;
}

export function endsSoon(state: StatusState, now: number): boolean {
  return now >= (renewNoticeStart(state.refreshTokenExpiresAt) ?? Infinity);
}
