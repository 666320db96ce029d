import * as l10n from '@vscode/l10n';
import type { FailureCause } from '../../core/dataApi/failedCall';
import type { Explanation } from './accessTexts';

/** Every other reason why a call failed: the account, the server, the network, the request itself. */
export const callTexts = {
  accountLocked: ({ status }) => ({
    message: l10n.t('Your account is locked, disabled or expired{0}.', status),
    nextStep: l10n.t('Ask your Reltio administrator to unlock it.'),
  }),
  passwordExpired: ({ status }) => ({
    message: l10n.t('Your Reltio password has expired or must be changed{0}.', status),
    nextStep: l10n.t('Change it on the Reltio login page, then run "Reltio: Sign In".'),
  }),
  rateLimited: ({ who, status, later }) => ({
    message: l10n.t('{0} received too many requests{1}.', who, status),
    nextStep: l10n.t('Try again {0}, and send fewer requests at a time.', later),
  }),
  serverDown: ({ who, status, later }) => ({
    message: l10n.t('{0} is down or overloaded{1}.', who, status),
    nextStep: l10n.t('Try again {0}.', later),
  }),
  serverError: ({ who, status }) => ({
    message: l10n.t('{0} had an internal error{1}.', who, status),
    nextStep: l10n.t(
      'If only this request fails, check its parameters: repeating it does not help. If all fail, wait, then ask Reltio Support.',
    ),
  }),
  noConnection: ({ who }) => ({
    message: l10n.t('{0} cannot be reached.', who),
    nextStep: l10n.t('Check your network, VPN and proxy, then try again.'),
  }),
  certificate: ({ who }) => ({
    message: l10n.t('The secure connection to {0} failed, so nothing was sent.', who),
    nextStep: l10n.t('Check the date of this computer. If your network inspects TLS, run "Reltio: Diagnose Sign-In".'),
  }),
  objectMissing: ({ who, status }) => ({
    message: l10n.t('{0} does not have what this address names{1}.', who, status),
    nextStep: l10n.t('Check the id, the type and the tenant in the address.'),
  }),
  pathMissing: ({ who, status }) => ({
    message: l10n.t('{0} has nothing at this address{1}.', who, status),
    nextStep: l10n.t('Check the path: the API of a tenant is at https://<environment>.reltio.com/reltio/api/<tenant>.'),
  }),
  requestRefused: ({ who, status }) => ({
    message: l10n.t('{0} does not accept this request{1}. Its token is not the reason.', who, status),
    nextStep: l10n.t('Check its parameters and its body.'),
  }),
  wrongMethod: ({ who, status }) => ({
    message: l10n.t('{0} does not offer this method, path or content type{1}.', who, status),
    nextStep: l10n.t('Check the method, such as GET or POST, the path and the Content-Type header.'),
  }),
  tooMuch: ({ who, status }) => ({
    message: l10n.t('{0} refuses a request of this size{1}.', who, status),
    nextStep: l10n.t('Send or ask for less at a time, for example with a smaller "max" or a narrower filter.'),
  }),
  foreignPage: ({ status }) => ({
    message: l10n.t('A web page answered instead of the API of Reltio{0}.', status),
    nextStep: l10n.t(
      'Check the address. On a guest network, open its sign-in page in a browser first, then try again.',
    ),
  }),
  redirected: ({ who, status }) => ({
    message: l10n.t('{0} redirected the request{1}, which the API of Reltio does not do.', who, status),
    nextStep: l10n.t(
      'Check the address. On a guest network, open its sign-in page in a browser first, then try again.',
    ),
  }),
  networkSignIn: ({ status }) => ({
    message: l10n.t('Your network or its proxy requires a sign-in{0}, so the request did not reach Reltio.', status),
    nextStep: l10n.t('Open a page in a browser and sign in to the network, or check "http.proxy" in your settings.'),
  }),
  localProxy: ({ status }) => ({
    message: l10n.t('The local proxy did not get an answer of Reltio for this request{0}.', status),
    nextStep: l10n.t('Read its answer: it says what to do.'),
  }),
  notFailed: ({ status }) => ({ message: l10n.t('This call did not fail{0}.', status) }),
  unknown: ({ status }) => ({
    message:
      status === '' ? l10n.t('Too little is known about this call.') : l10n.t('The reason is not known{0}.', status),
    nextStep: l10n.t('Run "Reltio: Diagnose Sign-In" to check the way to Reltio.'),
  }),
} satisfies Partial<Record<FailureCause, Explanation>>;
