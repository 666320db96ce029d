import { displayText } from '../../core/base/displayText';
import { isFailure } from '../../core/base/failure';
import { failureTable, type FailureCodeOf } from '../../core/base/failureTable';
import { hostIn, namesIn, nodeCodeIn, statusIn, type Sentence } from './sentence';
import { exactTimeText } from './timeText';

/** Sentences for failures of the sessions and their storage. */
export const sessionSentences = {
  refreshTokenRejected: () => 'Your Reltio sign-in is no longer valid. Sign in again.',
  pasteAgain: () => 'Your pasted token is no longer valid, and nothing can refresh it. Paste another token.',
  signInAgain: () => 'Your Reltio sign-in is no longer valid. Sign in again.',
  tokenRejected: (failure) =>
    `${hostIn(failure)} no longer accepts your token and returns no new one. Renew your sign-in.`,
  refreshKeepsFailing: (failure, describe) => {
    const { cause } = failure;
    if (isFailure(cause) && failureTable[cause.code].group === 'account') {
      return cause.code === 'accountLocked' ? `${describe(cause)} Then sign in again.` : describe(cause);
    }
    return (
      `${hostIn(failure)} has answered every attempt to refresh your token with an error for over an ` +
      `hour${statusIn(failure)}. Sign in again; your current sign-in is kept until that succeeds.`
    );
  },
  noAccountFits: (failure) =>
    `Nobody is signed in for this environment at ${hostIn(failure)}. Run "Reltio: Sign In" and choose that server.`,
  severalAccounts: (failure) =>
    `Several accounts of ${hostIn(failure)} fit this environment. Run "Reltio: Switch Account" in the VS Code window that runs ` +
    'the local proxy.',
  notSignedIn: () => 'Nobody is signed in to Reltio. Run "Reltio: Sign In" in VS Code.',
  noAccountInUse: (failure) =>
    'Several accounts are signed in, and this workspace uses none of them yet. Run "Reltio: Switch Account" in VS Code, or ' +
    `name one of them${namesIn(failure)}.`,
  accountUnknown: (failure) =>
    'No account with this name is signed in. ' +
    (failure.names.length === 0
      ? '"Reltio: Show Session Details" in VS Code lists those that are.'
      : `Use one of these${namesIn(failure)}.`),
  accountAmbiguous: (failure) => `Several accounts fit. Name one of them${namesIn(failure)}.`,
  accountElsewhere: (failure) =>
    `This account is not for this environment, which needs one of ${hostIn(failure)} or of another client. Name only the ` +
    'account, or only the environment.',
  expiresTooSoon: (failure, describe) => {
    const left = failure.secondsLeft ?? 0;
    const next = failure.retryAt === undefined ? '' : ` The next one can be had at ${exactTimeText(failure.retryAt)}.`;
    const why = isFailure(failure.cause) ? ` ${describe(failure.cause)}` : '';
    const advice = next === '' && why === '' ? ' Ask for fewer.' : '';
    return `The token is valid for only ${left === 1 ? '1 more second' : `${left} more seconds`}.${next}${why}${advice}`;
  },
  signedOut: ({ names: [account] }) =>
    account === undefined
      ? 'This account is no longer signed in to Reltio. Sign in first.'
      : `${displayText(account)}, which this workspace uses, is no longer signed in to Reltio. Sign in, or run "Reltio: Switch ` +
        'Account" in VS Code.',
  noRefreshToken: () => 'This sign-in has no refresh token. Renew it before the token expires.',
  neverRefreshed: () => 'A pasted token is never refreshed. Paste another token before it expires.',
  pastedNotChecked: (failure) =>
    `${hostIn(failure)} could not be asked about this pasted token, because no client of yours that works there is stored. ` +
    'If the token no longer works, paste another one.',
  askedJustNow: (failure, describe) => {
    const what = isFailure(failure.cause)
      ? describe(failure.cause)
      : `${hostIn(failure)} received a request for this token a moment ago.`;
    return `${what} The next request can be sent at ${exactTimeText(failure.retryAt ?? 0)}.`;
  },
  tokenNotForShell: () =>
    'This token has characters that a terminal could misread, so it was neither copied nor printed. Run "Reltio: Copy ' +
    'Authorization Header" or reltio-token --json instead.',
  lockBusy: () =>
    'Another VS Code window has been refreshing this token for too long. Try again in a minute. If the problem persists, ' +
    'reload or close your other windows.',
  sessionsUnreadable: () =>
    'VS Code could not open its secret storage. Unlock your keyring or restart VS Code, then try again.',
  storeDamaged: () => 'The stored Reltio sessions are damaged and were set aside. Sign in again.',
  storeNewer: () =>
    'Your Reltio sessions were stored by a newer version of Reltio Authentication and were not changed. Update this extension.',
  storeNotWritten: () =>
    'VS Code could not write to its secret storage. Until it can, the change is kept in this window only. Check your ' +
    'keyring.',
  journalUnreadable: (failure) =>
    `The file that holds your newest refresh token could not be read${nodeCodeIn(failure)}. Nothing is lost: try again in a ` +
    'minute. If the problem persists, check your disk and your virus scanner.',
} satisfies Readonly<Record<FailureCodeOf<'signInRequired' | 'session' | 'storage'>, Sentence>>;
