import * as l10n from '@vscode/l10n';
import type { FailureCodeOf } from '../../core/base/failureTable';
import { hostIn, type Sentence } from './sentence';

/** Sentences for wrong entries, the account, the client, and cancellation. */
export const signInSentences = {
  wrongPassword: () => l10n.t('Reltio does not accept this user name and password. Check both and try again.'),
  wrongCode: () => l10n.t('That code is not correct. Enter the newest one.'),
  codeExpired: () => l10n.t('The one-time code has expired. Enter your password again.'),
  signInCodeRejected: () =>
    l10n.t(
      'Reltio no longer accepts the code of this sign-in: it has expired or was already used. Open the browser again with the button above.',
    ),
  accountLocked: () =>
    l10n.t('Reltio has locked or disabled this account. Ask your Reltio administrator to unlock it.'),
  passwordExpired: () => l10n.t('Your Reltio password has expired. Change it on the Reltio login page, then sign in.'),
  clientRejected: (failure) =>
    l10n.t('{0} rejects the client id or its secret. Update the client secret.', hostIn(failure)),
  clientUnknown: () => l10n.t('The client secret of this account is no longer stored here. Enter it again.'),
  grantNotAllowed: () =>
    l10n.t(
      'Reltio does not allow this client to get tokens with this sign-in method. Sign in with another method or another client. Your Reltio administrator knows which grants a client has.',
    ),
  windowNotFocused: () =>
    l10n.t(
      'Nothing was copied or started, because this window had no focus. If you ran the command, click in the window and run it again.',
    ),
  reltioIdeMissing: () =>
    l10n.t(
      'Reltio IDE was not found in this window, so nothing was copied. Install or enable this extension of Reltio, or open its view once, and try again.',
    ),
  reltioIdeFailed: (failure) =>
    l10n.t(
      'Reltio IDE did not ask for the token. Choose "Provide Token" at {0} in its view, and paste it there.',
      hostIn(failure),
    ),
  tokenAccessDenied: () =>
    l10n.t(
      'You have not allowed this in VS Code, or not answered its question in time. Run "Reltio: Change Token Access" there to allow it.',
    ),
  cancelled: () => l10n.t('Signing in to Reltio was cancelled.'),
  localProxyStopped: () => l10n.t('The local proxy is not running. Run "Reltio: Start Local Proxy".'),
  callbackTimeout: () =>
    l10n.t('The browser did not come back within five minutes, so this sign-in has ended. Sign in again.'),
} satisfies Readonly<Record<FailureCodeOf<'entry' | 'account' | 'client' | 'stopped'>, Sentence>>;
