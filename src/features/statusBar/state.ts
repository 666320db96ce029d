import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/base/failure';
import { failureTable } from '../../core/base/failureTable';
import type { CopiedToken } from '../../editor/copiedToken';
import type { LocalProxyView } from '../../editor/localProxyState';
import { accountLabel, type Account } from '../../core/model/account';
import type { Outage } from '../../core/calls/failureMemory';
import { keepsFailing } from '../../core/model/refreshErrors';
import { remedyOf } from '../../core/model/remedy';
import { renewNoticeStart } from '../../core/model/renewNotice';
import type { Session } from '../../core/model/session';
import { canRefresh } from '../../core/model/refreshMeans';
import type { AccountQuestion } from '../../editor/accountInUse';
import type { Environment } from '../../editor/settings/environments';

/** What the status bar, its tooltip and its menu show. Times are milliseconds since 1970. */
export interface StatusState {
  /** The session in use in this workspace; undefined when signed out, or when the user has to choose. */
  readonly session: Session | undefined;
  /** For example `with a password`; empty if there is no session. */
  readonly signedInWith: string;
  /** Set when accounts are signed in but this workspace uses none of them: the user has to choose. */
  readonly question: AccountQuestion | undefined;
  /** Whether this workspace has used other accounts, so that the account must be named. */
  readonly isNamed: boolean;
  /** The other accounts that are signed in. */
  readonly otherAccounts: readonly Account[];
  /** The environment in use in this workspace; undefined if there is none, or when the user has to choose. */
  readonly environment: Environment | undefined;
  /** Whether there are several, so that the environment must be named. */
  readonly hasSeveralEnvironments: boolean;
  readonly isRefreshing: boolean;
  /** Why the identity server does not refresh the token, and since when. */
  readonly outage: Outage | undefined;
  /** When the refresh token expires; undefined if there is none. */
  readonly refreshTokenExpiresAt: number | undefined;
  /** The copied token that is on the clipboard. It may belong to any account. */
  readonly copied: CopiedToken | undefined;
  /** Undefined while the local proxy is off. */
  readonly localProxy: LocalProxyView | undefined;
  /** A sentence about the stored sessions, if something is wrong with them. */
  readonly problem: Failure | undefined;
}

/**
 * How the window is used. `focused`: the item counts down. `visible`: it shows the expiry as a time of day. `idle`: it is
 * not updated, and no timer runs.
 */
export type WindowActivity = 'focused' | 'visible' | 'idle';

/** The condition that the status bar shows. */
export type Condition =
  | 'signedOut'
  | 'storeProblem'
  /** Accounts are signed in, but the user has to choose the one for this workspace. */
  | 'chooseAccount'
  | 'signInAgain'
  /** A pasted token has expired, and nothing can refresh it. */
  | 'pasteAgain'
  /** A pasted token expires in a few minutes. */
  | 'pasteSoon'
  /** The token is still valid, but nothing can refresh it. */
  | 'signInSoon'
  /** The server has answered every refresh with an error for too long. */
  | 'keepsFailing'
  /** Reltio rejects the token before its expiry and returns no other. */
  | 'tokenRejected'
  | 'clientRejected'
  | 'refreshing'
  | 'offline'
  | 'notRefreshing'
  | 'expired'
  | 'renewSoon'
  | 'expiring'
  | 'fresh';

/** The icon changes, and a pasted token is worth a warning, this long before the token expires (milliseconds). */
export const expiringNotice = 5 * 60_000;

/** @param left time left of the access token, in milliseconds */
export function conditionOf(state: StatusState, left: number, now: number): Condition {
  const { session } = state;
  if (session === undefined && state.question !== undefined) {
    return 'chooseAccount';
  }
  if (session === undefined) {
    return state.problem === undefined ? 'signedOut' : 'storeProblem';
  }
  const outage = relevantOutage(state, now);
  const isOffline = outage !== undefined && failureTable[outage.failure.code].group === 'offline';
  const remedy = remedyOf(session, now, state.outage?.failure);
  if (remedy === 'signIn') {
    return keepsFailing(session, now) ? 'keepsFailing' : left === 0 ? 'signInAgain' : 'signInSoon';
  }
  if (remedy === 'pasteToken' && left <= expiringNotice) {
    return left === 0 ? 'pasteAgain' : 'pasteSoon';
  }
  if (session.state === 'rejected' && remedy === 'renew') {
    return 'tokenRejected';
  }
  if (remedy === 'updateClientSecret') {
    return 'clientRejected';
  }
  if (state.isRefreshing) {
    return 'refreshing';
  }
  if (outage !== undefined) {
    return isOffline ? 'offline' : 'notRefreshing';
  }
  if (signInExpiresSoon(state, now)) {
    return 'renewSoon';
  }
  if (left === 0) {
    return 'expired';
  }
  return left <= expiringNotice ? 'expiring' : 'fresh';
}

/** Why the user has to choose an account, and that they have to. */
export function chooseText(signedOutAccount: Account | undefined): string {
  return signedOutAccount === undefined
    ? l10n.t('No account has been chosen for this workspace yet. Choose the account for this workspace.')
    : l10n.t('{0} is no longer signed in. Choose the account for this workspace.', accountLabel(signedOutAccount));
}

/** Why a session cannot be refreshed. Undefined when only the user can help: then the outage no longer matters. */
export function relevantOutage({ session, outage }: StatusState, now: number): Outage | undefined {
  if (session === undefined || !canRefresh(session)) {
    return undefined;
  }
  const needsSignIn = remedyOf(session, now, outage?.failure) === 'signIn';
  const mayRecover = remedyOf(session, now) === undefined && !needsSignIn;
  return mayRecover || keepsFailing(session, now) ? outage : undefined;
}

export function signInExpiresSoon(state: StatusState, now: number): boolean {
  return now >= (renewNoticeStart(state.refreshTokenExpiresAt) ?? Infinity);
}
