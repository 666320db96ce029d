import * as l10n from '@vscode/l10n';
import { accountLabel } from '../../core/model/account';
import { accountText } from '../../editor/messages/accountText';
import { aboutText, spanText, spokenSpan, timeText } from '../../editor/messages/timeText';
import { whenText } from '../../editor/messages/whenText';
import { accountName } from './accountName';
import { environmentLabel } from './environmentText';
import { chooseText, type Condition, type StatusState, type WindowActivity } from './state';

/** How the status bar shows one condition. */
export interface StatusText {
  readonly icon: string;
  readonly text: string;
  /** The same in words, for a screen reader. */
  readonly spoken: string;
  /** The default is `none`. */
  readonly severity?: 'warning' | 'error';
  /** Whether the text counts down the time left of the token. */
  readonly counts?: boolean;
}

const minute = 60_000;
const second = 1_000;
/** The tooltip and the details say why. */
const problemSpoken = 'The accounts that are stored on this computer are not available. Open the menu to see why.';

/** @param left time left of the access token, in milliseconds */
export function statusText(
  condition: Condition,
  state: StatusState,
  left: number,
  now: number,
  activity: WindowActivity,
): StatusText {
  const name = nameOf(state, condition);
  const whose = state.session === undefined ? '' : accountLabel(state.session.account);
  const withTimeLeft = `${name} ${timeLeftText(state, left, now, activity)}`;
  const tokenExpires = `The token of ${whose} expires ${spokenExpiry(state, left, now, activity)}`;
  switch (condition) {
    case 'signedOut':
      return { icon: 'key', text: 'Reltio: Sign in', spoken: 'Signed out. Sign in.' };
    case 'storeProblem':
      return { icon: 'warning', text: 'Reltio: Sign in', spoken: problemSpoken, severity: 'warning' };
    case 'chooseAccount': {
      const signedOutAccount = state.question?.signedOutAccount;
      return {
        icon: 'account',
        text: 'Reltio: Choose account',
        spoken: `${chooseText(signedOutAccount)} Choose the account for this workspace.`,
        ...(signedOutAccount === undefined ? {} : { severity: 'warning' }),
      };
    }
    case 'signInAgain':
      return {
        icon: 'warning',
        text: `${name}: Sign in again`,
        spoken: `The sign-in of ${whose} is no longer valid. Sign in again.`,
        severity: 'warning',
      };
    case 'pasteAgain':
      return {
        icon: 'warning',
        text: `${name}: Paste another token`,
        spoken: `The pasted token of ${whose} is no longer valid. Paste another token.`,
        severity: 'warning',
      };
    case 'pasteSoon':
      return {
        icon: 'bell',
        text: `${withTimeLeft}: Paste another token`,
        spoken: `${tokenExpires} and is never refreshed. Paste another token.`,
        severity: 'warning',
        counts: true,
      };
    case 'signInSoon':
      return {
        icon: 'bell',
        text: `${withTimeLeft}: Sign in again`,
        spoken: `${tokenExpires} and cannot be refreshed. Sign in again.`,
        severity: 'warning',
        counts: true,
      };
    case 'keepsFailing': {
      const since = timeText(state.session?.refreshErrors?.from ?? now, now);
      return {
        icon: 'warning',
        text: `${name}: Sign in again`,
        spoken: `Refreshing the token of ${whose} has failed since ${since}. Sign in again.`,
        severity: 'warning',
      };
    }
    case 'tokenRejected':
      return {
        icon: 'warning',
        text: `${name}: Renew sign-in`,
        spoken: `Reltio rejected the token of ${whose} before it expired. Renew the sign-in.`,
        severity: 'warning',
      };
    case 'clientRejected': {
      const isRejected = state.session?.state === 'clientRejected';
      return {
        icon: 'error',
        text: `${name}: ${isRejected ? 'Client rejected' : 'Client secret missing'}`,
        spoken: isRejected
          ? `Reltio rejects the client of ${whose}. Update the client secret.`
          : `The client secret of ${whose} is missing. Update the client secret.`,
        severity: 'error',
      };
    }
    case 'refreshing':
      return { icon: 'sync~spin', text: `${name}: Refreshing…`, spoken: `Refreshing the token of ${whose}.` };
    case 'offline':
      return outageText('offline', 'Offline');
    case 'notRefreshing':
      return outageText('cannot refresh', 'Cannot refresh');
    case 'expired':
      return {
        icon: 'key',
        text: `${name}: Refreshes on next use`,
        spoken: `The token of ${whose} has expired. It will be refreshed on next use.`,
      };
    case 'renewSoon':
      return {
        icon: 'bell',
        text: left === 0 ? `${name}: Renew sign-in` : `${withTimeLeft}: Renew sign-in`,
        spoken: `${left === 0 ? `The token of ${whose} has expired` : tokenExpires}, and the sign-in expires soon. Renew it.`,
        severity: 'warning',
        counts: left > 0,
      };
    case 'expiring':
      // The watch icon goes with a countdown. Beside a time of day, it would need another timer.
      return {
        icon: activity === 'focused' ? 'watch' : 'key',
        text: withTimeLeft,
        spoken: `${tokenExpires}.`,
        counts: true,
      };
    case 'fresh':
      return {
        icon: 'key',
        text: withTimeLeft,
        spoken: `${tokenExpires}${state.session === undefined ? '' : accountText(state.session.account).expiryNote}.`,
        counts: true,
      };
  }

  function outageText(what: string, sentence: string): StatusText {
    const since = `since ${timeText(state.outage?.since ?? now, now)}`;
    return left === 0
      ? {
          icon: 'debug-disconnect',
          text: `${name}: ${sentence} ${since}`,
          spoken: `${sentence} ${since}. The token of ${whose} has expired.`,
        }
      : {
          icon: 'debug-disconnect',
          text: `${withTimeLeft}, ${what}`,
          spoken: `${sentence} ${since}. ${tokenExpires}.`,
          counts: true,
        };
  }
}

/**
 * The account is named only if this workspace has used more than one; for the environment see `environmentLabel`. A pasted
 * token is always called so, because it is never refreshed.
 */
function nameOf(state: StatusState, condition: Condition): string {
  const { session, isNamed, otherAccounts } = state;
  const environment = environmentLabel(state);
  const account =
    isNamed && session !== undefined ? accountName(session.account, otherAccounts, environment !== '') : '';
  const saysSo = condition === 'pasteSoon' || condition === 'pasteAgain'; // the rest of the text says that it was pasted
  const tag = session === undefined || saysSo ? '' : accountText(session.account).tag;
  const names = [account, tag, environment].filter((name) => name !== '');
  return names.length === 0 ? 'Reltio' : `Reltio ${names.join(' · ')}`;
}

/** Counts down while the window has the focus; otherwise a time of day stays true without a timer. */
function timeLeftText({ session }: StatusState, left: number, now: number, activity: WindowActivity): string {
  const about = session?.tokens.expiryIsEstimate === true ? '~' : '';
  if (activity !== 'focused') {
    return `until ${about}${timeText(now + left, now)}`;
  }
  return left < minute ? `${about}${Math.floor(left / second)} s` : `${about}${spanText(left)}`;
}

function spokenExpiry({ session }: StatusState, left: number, now: number, activity: WindowActivity): string {
  const isEstimate = session?.tokens.expiryIsEstimate === true;
  if (activity !== 'focused') {
    return whenText(now + left, now, isEstimate);
  }
  const span = isEstimate ? aboutText(spokenSpan(left)) : spokenSpan(left);
  return l10n.t({ message: 'in {0}', args: [span], comment: ['{0} is a span such as 5 minutes'] });
}
