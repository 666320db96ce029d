import * as l10n from '@vscode/l10n';
import { accountLabel } from '../../core/model/account';
import { accountText } from '../../editor/messages/accountText';
import { timeText } from '../../editor/messages/timeText';
import { nameOf } from './item/name';
import { spokenExpiry, timeLeftText } from './item/timeLeft';
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
  const when = spokenExpiry(state, left, now, activity);
  switch (condition) {
    case 'signedOut':
      return { icon: 'key', text: l10n.t('Reltio: Sign in'), spoken: l10n.t('Signed out. Sign in.') };
    case 'storeProblem':
      return {
        icon: 'warning',
        text: l10n.t('Reltio: Sign in'),
        // The tooltip and the details say why.
        spoken: l10n.t('The accounts that are stored on this computer are not available. Open the menu to see why.'),
        severity: 'warning',
      };
    case 'chooseAccount': {
      const signedOutAccount = state.question?.signedOutAccount;
      return {
        icon: 'account',
        text: l10n.t('Reltio: Choose account'),
        spoken: chooseText(signedOutAccount),
        ...(signedOutAccount === undefined ? {} : { severity: 'warning' }),
      };
    }
    case 'signInAgain':
      return {
        icon: 'warning',
        text: l10n.t('{0}: Sign in again', name),
        spoken: l10n.t('The sign-in of {0} is no longer valid. Sign in again.', whose),
        severity: 'warning',
      };
    case 'pasteAgain':
      return {
        icon: 'warning',
        text: l10n.t('{0}: Paste another token', name),
        spoken: l10n.t('The pasted token of {0} is no longer valid. Paste another token.', whose),
        severity: 'warning',
      };
    case 'pasteSoon':
      return {
        icon: 'bell',
        text: l10n.t('{0}: Paste another token', withTimeLeft),
        spoken: `${neverRefreshed()} ${l10n.t('Paste another token.')}`,
        severity: 'warning',
        counts: true,
      };
    case 'signInSoon':
      return {
        icon: 'bell',
        text: l10n.t('{0}: Sign in again', withTimeLeft),
        spoken: l10n.t('The token of {0} expires {1} and cannot be refreshed. Sign in again.', whose, when),
        severity: 'warning',
        counts: true,
      };
    case 'keepsFailing': {
      const since = timeText(state.session?.refreshErrors?.from ?? now, now);
      return {
        icon: 'warning',
        text: l10n.t('{0}: Sign in again', name),
        spoken: l10n.t('Refreshing the token of {0} has failed since {1}. Sign in again.', whose, since),
        severity: 'warning',
      };
    }
    case 'tokenRejected':
      return {
        icon: 'warning',
        text: l10n.t('{0}: Renew sign-in', name),
        spoken: l10n.t('Reltio rejected the token of {0} before it expired. Renew the sign-in.', whose),
        severity: 'warning',
      };
    case 'clientRejected': {
      const isRejected = state.session?.state === 'clientRejected';
      return {
        icon: 'error',
        text: isRejected ? l10n.t('{0}: Client rejected', name) : l10n.t('{0}: Client secret missing', name),
        spoken: isRejected
          ? l10n.t('Reltio rejects the client of {0}. Update the client secret.', whose)
          : l10n.t('The client secret of {0} is missing. Update the client secret.', whose),
        severity: 'error',
      };
    }
    case 'refreshing':
      return {
        icon: 'sync~spin',
        text: l10n.t('{0}: Refreshing…', name),
        spoken: l10n.t('Refreshing the token of {0}.', whose),
      };
    case 'offline':
    case 'notRefreshing':
      return outageText(condition === 'offline', timeText(state.outage?.since ?? now, now));
    case 'expired':
      return {
        icon: 'key',
        text: l10n.t('{0}: Refreshes on next use', name),
        spoken: l10n.t('The token of {0} has expired. It will be refreshed on next use.', whose),
      };
    case 'renewSoon':
      return {
        icon: 'bell',
        text: l10n.t('{0}: Renew sign-in', left === 0 ? name : withTimeLeft),
        spoken:
          left === 0
            ? l10n.t('The token of {0} has expired, and the sign-in expires soon. Renew it.', whose)
            : l10n.t('The token of {0} expires {1}, and the sign-in expires soon. Renew it.', whose, when),
        severity: 'warning',
        counts: left > 0,
      };
    case 'expiring':
      // The watch icon goes with a countdown. Beside a time of day, it would need another timer.
      return {
        icon: activity === 'focused' ? 'watch' : 'key',
        text: withTimeLeft,
        spoken: expires(),
        counts: true,
      };
    case 'fresh':
      return {
        icon: 'key',
        text: withTimeLeft,
        spoken:
          state.session === undefined || accountText(state.session.account).isRefreshed ? expires() : neverRefreshed(),
        counts: true,
      };
  }

  function expires(): string {
    return l10n.t({
      message: 'The token of {0} expires {1}.',
      args: [whose, when],
      comment: ['{1} is such as: in 5 minutes; at 15:32; on 21 Dec, 15:32'],
    });
  }

  function neverRefreshed(): string {
    return l10n.t('The token of {0} expires {1} and is never refreshed.', whose, when);
  }

  function outageText(isOffline: boolean, since: string): StatusText {
    const icon = 'debug-disconnect';
    if (left === 0) {
      return isOffline
        ? {
            icon,
            text: l10n.t('{0}: Offline since {1}', name, since),
            spoken: l10n.t('Offline since {0}. The token of {1} has expired.', since, whose),
          }
        : {
            icon,
            text: l10n.t('{0}: Cannot refresh since {1}', name, since),
            spoken: l10n.t('Cannot refresh since {0}. The token of {1} has expired.', since, whose),
          };
    }
    return {
      icon,
      text: isOffline ? l10n.t('{0}, offline', withTimeLeft) : l10n.t('{0}, cannot refresh', withTimeLeft),
      spoken: `${isOffline ? l10n.t('Offline since {0}.', since) : l10n.t('Cannot refresh since {0}.', since)} ${expires()}`,
      counts: true,
    };
  }
}
