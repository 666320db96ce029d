import { proxySpelling, proxyText, tlsText, unreachableText } from './connectionText';
import { Failure, isFailure, type FailureCode } from '../../core/base/failure';
import { displayHost } from '../../core/base/displayText';
import { exactTimeText } from './timeText';

/** What the person can do about a failure, offered as a button. */
export type Remedy =
  | 'signIn'
  | 'renew'
  | 'updateClientSecret'
  | 'openSettings'
  | 'showLog'
  | 'diagnose'
  | 'enterPassphrase'
  | 'reloadWindow';

export interface Message {
  /** Who is at fault, in one sentence, and what to do next, in another. */
  readonly text: (failure: Failure) => string;
  readonly remedy?: Remedy;
}

const host = (failure: Failure): string => failure.host ?? 'The identity server';
const http = (failure: Failure): string => (failure.status === undefined ? '' : ` (HTTP ${failure.status})`);
const reason = (failure: Failure): string => (failure.nodeCode === undefined ? '' : ` (${failure.nodeCode})`);

/** A locked account or an expired password outlasts an hour too, and its own sentence says what to do. */
function blamesTheUser(cause: unknown): string | undefined {
  if (!isFailure(cause) || !['accountLocked', 'passwordExpired'].includes(cause.code)) {
    return undefined;
  }
  return cause.code === 'accountLocked' ? `${describe(cause)} Then sign in again.` : describe(cause);
}

/**
 * A server that says when it wants to be asked again is the reason, whatever else its answer was. The sentence is true
 * later too: the last failure is shown until a refresh succeeds.
 */
function orWait(text: Message['text']): Message['text'] {
  return (failure) =>
    failure.retryAt === undefined
      ? text(failure)
      : `${host(failure)} asked to wait until ${exactTimeText(failure.retryAt)}. Try again after that.`;
}

/** Every failure in words. Used for notifications, input boxes and what other extensions are told. */
export const messages: Readonly<Record<FailureCode, Message>> = {
  cancelled: { text: () => 'Signing in to Reltio was cancelled.' },
  dns: {
    text: (failure) =>
      `${host(failure)} was not found${reason(failure)}. Check the address, your network and your VPN.`,
    remedy: 'diagnose',
  },
  proxy: { text: proxyText, remedy: 'diagnose' },
  proxySetting: {
    text: () =>
      `The proxy address in reltioAuth.network.proxy, "http.proxy" or HTTPS_PROXY cannot be used. ${proxySpelling}`,
    remedy: 'openSettings',
  },
  caFile: {
    text: (failure) =>
      `The file in reltioAuth.network.caFile cannot be used${reason(failure)}. Name a file of PEM certificates by its full path.`,
    remedy: 'openSettings',
  },
  clientCertificate: {
    text: (failure) =>
      failure.nodeCode === 'NOT_SET'
        ? 'No client certificate is set. Name its two files, "cert" and "key", in ' +
          'reltioAuth.network.clientCertificate first.'
        : `The files in reltioAuth.network.clientCertificate cannot be used${reason(failure)}. Name the PEM files of the ` +
          'certificate and of its key by their full paths.',
    remedy: 'openSettings',
  },
  otherServer: {
    text: (failure) =>
      `A different server answers at ${host(failure)} than when you signed in, so no secret was sent to it. If it is yours, ` +
      'sign in again; if not, stop it.',
    remedy: 'signIn',
  },
  passphrase: {
    text: () =>
      'The key of your client certificate is locked. Run "Reltio: Enter Client Certificate Passphrase", then try again.',
    remedy: 'enterPassphrase',
  },
  timeout: {
    text: (failure) => `${host(failure)} did not answer in time. Check your network and VPN, then try again.`,
    remedy: 'diagnose',
  },
  tls: { text: tlsText, remedy: 'diagnose' },
  tooLarge: {
    text: (failure) => `${host(failure)} answered with far more than a token. Check that it is an identity server.`,
    remedy: 'openSettings',
  },
  unreachable: { text: unreachableText, remedy: 'diagnose' },
  untrustedHost: {
    text: (failure) =>
      `${host(failure)} is not a trusted host, so nothing was sent to it. If it is yours, add it to reltioAuth.trustedHosts.`,
    remedy: 'openSettings',
  },
  badAnswer: {
    text: (failure) =>
      `${host(failure)} answered without a token or a result. Try again; if it stays so, ask Reltio Support.`,
    remedy: 'showLog',
  },
  noTokenEndpoint: {
    text: (failure) => `${host(failure)} has no Reltio sign-in${http(failure)}. Check "authUrl" of your environment.`,
    remedy: 'openSettings',
  },
  notReltio: {
    text: (failure) =>
      `Something other than Reltio answered for ${host(failure)}. On a guest network, open its sign-in page in a ` +
      'browser, then try again.',
    remedy: 'diagnose',
  },
  redirected: {
    text: (failure) =>
      `${host(failure)} sent us elsewhere${http(failure)}, and we did not follow. Check the address, or sign in to this ` +
      'network in a browser.',
    remedy: 'openSettings',
  },
  accountLocked: {
    text: () => 'Reltio has locked or disabled this account. Ask your Reltio administrator to unlock it.',
  },
  clientRejected: {
    text: (failure) => `${host(failure)} rejects the client id or its secret. Update the client secret.`,
    remedy: 'updateClientSecret',
  },
  codeExpired: { text: () => 'The time for the one-time code is over. Enter your password again.' },
  forbidden: {
    text: (failure) =>
      `${host(failure)} refuses access${http(failure)}. Your role or the network you are on is not allowed; ask your ` +
      'Reltio administrator.',
    remedy: 'showLog',
  },
  grantNotAllowed: {
    text: () =>
      'Reltio does not allow this client to sign in with a password. Ask Reltio for a client with the password and ' +
      'refresh token grants.',
    remedy: 'showLog',
  },
  passwordExpired: {
    text: () => 'Your Reltio password has expired. Change it on the Reltio login page, then sign in.',
  },
  rateLimited: {
    text: orWait(
      (failure) => `${host(failure)} has had too many token requests${http(failure)}. Wait a minute, then try again.`,
    ),
  },
  refreshTokenRejected: { text: () => 'Your Reltio sign-in has ended. Sign in again.', remedy: 'signIn' },
  requestRefused: {
    text: (failure) =>
      `${host(failure)} refused the request${http(failure)}. Try again in a minute. If the problem persists, see the log.`,
    remedy: 'showLog',
  },
  serverError: {
    text: orWait((failure) => `${host(failure)} is out of order${http(failure)}. Try again in a minute.`),
    remedy: 'showLog',
  },
  wrongCode: { text: () => 'That code is not right. Enter the newest one.' },
  wrongPassword: { text: () => 'Reltio does not accept this user name and password. Check both and try again.' },
  clientUnknown: {
    text: () => 'The client secret of this account is not stored here any more. Enter it again.',
    remedy: 'updateClientSecret',
  },
  askedJustNow: {
    text: (failure) => {
      const what = isFailure(failure.cause)
        ? describe(failure.cause)
        : `${host(failure)} was asked about this token a moment ago.`;
      return `${what} The next request can be sent at ${exactTimeText(failure.retryAt ?? 0)}.`;
    },
  },
  journalUnreadable: {
    text: (failure) =>
      `The file that holds your newest refresh token could not be read${reason(failure)}. Nothing is lost: try again in a ` +
      'minute. If it keeps happening, check your disk and your virus scanner.',
    remedy: 'showLog',
  },
  lockBusy: {
    text: () =>
      'Another VS Code window has been refreshing this token for too long. Try again in a minute. If it keeps happening, ' +
      'reload or close your other windows.',
    remedy: 'diagnose',
  },
  noRefreshToken: {
    text: () => 'This sign-in has no refresh token. Renew it before the token expires.',
    remedy: 'renew',
  },
  refreshKeepsFailing: {
    text: (failure) =>
      blamesTheUser(failure.cause) ??
      `${host(failure)} has answered every attempt to refresh your token with an error for over an hour${http(failure)}. ` +
        'Sign in again; your current sign-in is kept until that succeeds.',
    remedy: 'signIn',
  },
  sessionsUnreadable: {
    text: () => 'VS Code could not open its secret storage. Unlock your keyring or restart VS Code, then try again.',
    remedy: 'showLog',
  },
  signedOut: { text: () => 'This account is not signed in to Reltio any more. Sign in first.', remedy: 'signIn' },
  signInAgain: { text: () => 'Your Reltio sign-in has ended. Sign in again.', remedy: 'signIn' },
  storeDamaged: {
    text: () => 'The stored Reltio sessions cannot be read. They were set aside; sign in again.',
    remedy: 'signIn',
  },
  storeNotWritten: {
    text: () =>
      'VS Code could not write to its secret storage. Until it can, the change is kept in this window only. Check your ' +
      'keyring.',
    remedy: 'showLog',
  },
  storeNewer: {
    text: () =>
      'Your Reltio sessions were written by a newer version of Reltio Authentication. Update this extension; ' +
      'nothing was changed.',
  },
  tokenRejected: {
    text: (failure) => `${host(failure)} ended your token before its time and returns no other. Renew your sign-in.`,
    remedy: 'renew',
  },
  windowNotFocused: {
    text: () =>
      'No token was copied, because the command ran while this window did not have the focus. If it was you, click in the ' +
      'window and copy again.',
  },
  tokenUnchanged: {
    text: (failure) => `${host(failure)} returned an expired token. Try again in a moment.`,
  },
};

/** The sentence for anything that was thrown. What is not a `Failure` is a fault of ours, and its text stays inside. */
export function describe(error: unknown): string {
  if (isFailure(error)) {
    return messages[error.code].text(withShownHost(error));
  }
  return isUpdated(error)
    ? 'Reltio Authentication was updated or removed while this window was open. Reload the window, then try again.'
    : 'Reltio Authentication made a mistake. Run "Reltio: Show Log" and report what it says last.';
}

/** Whether a file of ours is not there: VS Code deletes those of an old version, also while a window still uses it. */
function isUpdated(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND';
}

function withShownHost(failure: Failure): Failure {
  const { code, host: named, cause } = failure;
  if (named === undefined) {
    return failure;
  }
  return new Failure(code, {
    host: displayHost(named),
    ...(failure.status === undefined ? {} : { status: failure.status }),
    ...(failure.nodeCode === undefined ? {} : { nodeCode: failure.nodeCode }),
    ...(failure.retryAt === undefined ? {} : { retryAt: failure.retryAt }),
    ...(isFailure(cause) ? { cause } : {}),
  });
}

export function remedyFor(error: unknown): Remedy | undefined {
  if (!isFailure(error)) {
    return isUpdated(error) ? 'reloadWindow' : 'showLog';
  }
  return error.code === 'askedJustNow' && isFailure(error.cause) ? remedyFor(error.cause) : messages[error.code].remedy;
}

export function isCancelled(error: unknown): boolean {
  return isFailure(error) && error.code === 'cancelled';
}
