import type { FailureCodeOf } from '../../core/base/failureTable';
import { hostIn, type Sentence } from './sentence';

/** Sentences for wrong entries, the account, the client, and cancellation. */
export const signInSentences = {
  wrongPassword: () => 'Reltio does not accept this user name and password. Check both and try again.',
  wrongCode: () => 'That code is not correct. Enter the newest one.',
  codeExpired: () => 'The one-time code has expired. Enter your password again.',
  signInCodeRejected: () =>
    'Reltio no longer accepts the code of this sign-in: it has expired or was already used. Open the browser again with ' +
    'the button above.',
  accountLocked: () => 'Reltio has locked or disabled this account. Ask your Reltio administrator to unlock it.',
  passwordExpired: () => 'Your Reltio password has expired. Change it on the Reltio login page, then sign in.',
  clientRejected: (failure) => `${hostIn(failure)} rejects the client id or its secret. Update the client secret.`,
  clientUnknown: () => 'The client secret of this account is no longer stored here. Enter it again.',
  grantNotAllowed: () =>
    'Reltio does not allow this client to get tokens with this sign-in method. Sign in with another method or another ' +
    'client. Your Reltio administrator knows which grants a client has.',
  windowNotFocused: () =>
    'Nothing was copied or started, because this window had no focus. If you ran the command, click in the window ' +
    'and run it again.',
  reltioIdeMissing: () =>
    'Reltio IDE was not found in this window, so nothing was copied. Install or enable this extension of Reltio, or open its ' +
    'view once, and try again.',
  reltioIdeFailed: (failure) =>
    `Reltio IDE did not ask for the token. Choose "Provide Token" at ${hostIn(failure)} in its view, and paste it there.`,
  tokenAccessDenied: () =>
    'You have not allowed this in VS Code, or not answered its question in time. Run "Reltio: Change Token Access" there to ' +
    'allow it.',
  cancelled: () => 'Signing in to Reltio was cancelled.',
  localProxyStopped: () => 'The local proxy is not running. Run "Reltio: Start Local Proxy".',
  callbackTimeout: () => 'The browser did not come back within five minutes, so this sign-in has ended. Sign in again.',
} satisfies Readonly<Record<FailureCodeOf<'entry' | 'account' | 'client' | 'stopped'>, Sentence>>;
