import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';
import { isFailure } from '../../core/base/failure';
import { failureTable, type FailureCodeOf } from '../../core/base/failureTable';
import { hostIn, namesIn, nodeCodeIn, statusIn, type Sentence } from './sentence';
import { plural } from './plural';
import { exactTimeText } from './timeText';

/** Sentences for failures of the sessions and their storage. */
export const sessionSentences = {
  refreshTokenRejected: () => l10n.t('Your Reltio sign-in is no longer valid. Sign in again.'),
  pasteAgain: () => l10n.t('Your pasted token is no longer valid, and nothing can refresh it. Paste another token.'),
  signInAgain: () => l10n.t('Your Reltio sign-in is no longer valid. Sign in again.'),
  tokenRejected: (failure) =>
    l10n.t('{0} no longer accepts your token and returns no new one. Renew your sign-in.', hostIn(failure)),
  refreshKeepsFailing: (failure, describe) => {
    const { cause } = failure;
    if (isFailure(cause) && failureTable[cause.code].group === 'account') {
      return cause.code === 'accountLocked' ? `${describe(cause)} ${l10n.t('Then sign in again.')}` : describe(cause);
    }
    return l10n.t(
      '{0} has answered every attempt to refresh your token with an error for over an hour{1}. Sign in again; your current sign-in is kept until that succeeds.',
      hostIn(failure),
      statusIn(failure),
    );
  },
  noAccountFits: (failure) =>
    l10n.t(
      'Nobody is signed in for this environment at {0}. Run "Reltio: Sign In" and choose that server.',
      hostIn(failure),
    ),
  severalAccounts: (failure) =>
    l10n.t(
      'Several accounts of {0} fit this environment. Run "Reltio: Switch Account" in the VS Code window that runs the local proxy.',
      hostIn(failure),
    ),
  notSignedIn: () => l10n.t('Nobody is signed in to Reltio. Run "Reltio: Sign In" in VS Code.'),
  noAccountInUse: (failure) =>
    l10n.t(
      'Several accounts are signed in, and this workspace uses none of them yet. Run "Reltio: Switch Account" in VS Code, or name one of them{0}.',
      namesIn(failure),
    ),
  accountUnknown: (failure) =>
    failure.names.length === 0
      ? l10n.t(
          'No account with this name is signed in. "Reltio: Show Session Details" in VS Code lists those that are.',
        )
      : l10n.t('No account with this name is signed in. Use one of these{0}.', namesIn(failure)),
  accountAmbiguous: (failure) => l10n.t('Several accounts fit. Name one of them{0}.', namesIn(failure)),
  accountElsewhere: (failure) =>
    l10n.t(
      'This account is not for this environment, which needs one of {0} or of another client. Name only the account, or only the environment.',
      hostIn(failure),
    ),
  expiresTooSoon: ({ secondsLeft = 0, retryAt, cause }, describe) => {
    const reasons = [
      ...(retryAt === undefined ? [] : [l10n.t('The next one can be had at {0}.', exactTimeText(retryAt))]),
      ...(isFailure(cause) ? [describe(cause)] : []),
    ];
    const left = plural(secondsLeft, {
      one: l10n.t('The token is valid for only {0} more second.', secondsLeft),
      other: l10n.t('The token is valid for only {0} more seconds.', secondsLeft),
    });
    return [left, ...(reasons.length === 0 ? [l10n.t('Ask for fewer.')] : reasons)].join(' ');
  },
  signedOut: ({ names: [account] }) =>
    account === undefined
      ? l10n.t('This account is no longer signed in to Reltio. Sign in first.')
      : l10n.t(
          '{0}, which this workspace uses, is no longer signed in to Reltio. Sign in, or run "Reltio: Switch Account" in VS Code.',
          displayText(account),
        ),
  noRefreshToken: () => l10n.t('This sign-in has no refresh token. Renew it before the token expires.'),
  neverRefreshed: () => l10n.t('A pasted token is never refreshed. Paste another token before it expires.'),
  pastedNotChecked: (failure) =>
    l10n.t(
      '{0} could not be asked about this pasted token, because no client of yours that works there is stored. If the token no longer works, paste another one.',
      hostIn(failure),
    ),
  askedJustNow: (failure, describe) => {
    const what = isFailure(failure.cause)
      ? describe(failure.cause)
      : l10n.t('{0} received a request for this token a moment ago.', hostIn(failure));
    return `${what} ${l10n.t('The next request can be sent at {0}.', exactTimeText(failure.retryAt ?? 0))}`;
  },
  tokenNotForShell: () =>
    l10n.t(
      'This token has characters that a terminal could misread, so it was neither copied nor printed. Run "Reltio: Copy Authorization Header" or reltio-token --json instead.',
    ),
  lockBusy: () =>
    l10n.t(
      'Another VS Code window has been refreshing this token for too long. Try again in a minute. If the problem persists, reload or close your other windows.',
    ),
  sessionsUnreadable: () =>
    l10n.t('VS Code could not open its secret storage. Unlock your keyring or restart VS Code, then try again.'),
  storeDamaged: () => l10n.t('The stored Reltio sessions are damaged and were set aside. Sign in again.'),
  storeNewer: () =>
    l10n.t(
      'Your Reltio sessions were stored by a newer version of Reltio Authentication and were not changed. Update this extension.',
    ),
  storeNotWritten: () =>
    l10n.t(
      'VS Code could not write to its secret storage. Until it can, the change is kept in this window only. Check your keyring.',
    ),
  journalUnreadable: (failure) =>
    l10n.t(
      'The file that holds your newest refresh token could not be read{0}. Nothing is lost: try again in a minute. If the problem persists, check your disk and your virus scanner.',
      nodeCodeIn(failure),
    ),
} satisfies Readonly<Record<FailureCodeOf<'signInRequired' | 'session' | 'storage'>, Sentence>>;
