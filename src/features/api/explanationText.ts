import type { FailureCause } from '../../core/dataApi/failedCall';
import { explanationWords, type About, type ExplanationWords } from './explanationWords';
import type { ExplainAnswer } from './apiV1';

type Text = Pick<ExplainAnswer, 'message' | 'nextStep'>;

/** The cause of a failed call in a sentence, and what to do about it in one or two more. The answer is not quoted. */
export function explanationText(cause: FailureCause, about: About): Text {
  return texts[cause](explanationWords(about));
}

const pageAddress = 'The address of a Reltio page has both: https://<environment>.reltio.com/ui/<tenant>.';
const newToken =
  'Try again: if the token has expired, there will be a new one. If that is not accepted either, run "Reltio: Diagnose Sign-In".';
const allowedNetwork =
  'Connect to the network or VPN of your company, or ask your Reltio administrator to allow your IP address.';

const texts: Readonly<Record<FailureCause, (words: ExplanationWords) => Text>> = {
  tokenInvalid: ({ who, status }) => ({
    message: `${who} does not accept the token${status}: it has expired, was revoked, or is not valid there.`,
    nextStep: newToken,
  }),
  tokenRefused: ({ who, status }) => ({
    message: `${who} refused the token without saying why${status}. Usually it has expired.`,
    nextStep: newToken,
  }),
  noToken: ({ who, status }) => ({
    message: `${who} received no token${status}.`,
    nextStep: 'Send it in the header "Authorization: Bearer <token>", with a space after "Bearer".',
  }),
  noTokenForMcp: ({ who, status }) => ({
    message: `${who} found no token that its MCP server accepts${status}.`,
    nextStep:
      'Send it in the header "Authorization: Bearer <token>". If it was sent, it has expired: try again with a new one.',
  }),
  otherIssuer: ({ meant, issuer, issuerWanted, status }) => ({
    message: `The token is from ${issuer}, but ${meant} accepts only those of ${issuerWanted}${status}.`,
    nextStep: `Use an account of ${issuerWanted}. If there is none, run "Reltio: Sign In".`,
  }),
  noAccountThere: ({ meant, issuerWanted, status }) => ({
    message: `Only tokens of ${issuerWanted} are accepted by ${meant}, and no account is signed in there${status}.`,
    nextStep: `Run "Reltio: Sign In" and choose ${issuerWanted}.`,
  }),
  otherHost: ({ place, meant, meantHost, status }) => ({
    message: `The request went to ${place}, but ${meant} is at ${meantHost}${status}.`,
    nextStep: `Send it to ${meantHost}, or correct the address of the environment in reltioAuth.environments.`,
  }),
  identityServer: ({ place, status }) => ({
    message: `The request went to ${place}, which issues tokens and is not an environment${status}.`,
    nextStep: 'Send it to an environment, such as https://dev.reltio.com.',
  }),
  strangeHost: ({ status }) => ({
    message: `The request went to a host that is neither an environment of your settings nor trusted${status}.`,
    nextStep:
      'Check the address. If the host is yours, add it to reltioAuth.trustedHosts, then run "Reltio: Add Environment".',
  }),
  hostNotFound: ({ host = 'The host of this address' }) => ({
    message: `${host} was not found.`,
    nextStep:
      'Check its first word: it is the name of the environment, such as dev, and not the id of a tenant. If it is correct, ' +
      'check your network and VPN.',
  }),
  tenantAsHost: ({ status }) => ({
    message: `The address has the id of a tenant where the name of the environment belongs${status}.`,
    nextStep: pageAddress,
  }),
  hostAsTenant: ({ status }) => ({
    message: `The address has the name of the environment where the id of the tenant belongs${status}.`,
    nextStep: pageAddress,
  }),
  tenantUnknown: ({ who, status }) => ({
    message: `${who} does not know this tenant${status}.`,
    nextStep: `Check the id of the tenant and the host. ${pageAddress}`,
  }),
  otherTenant: ({ who, meant, status }) => ({
    message: `${who} denies access${status}, and the tenant is not the one that ${meant} has in your settings.`,
    nextStep: 'Check the id of the tenant. If it is correct, ask your Reltio administrator for a role in this tenant.',
  }),
  roleMissing: ({ who, status }) => ({
    message: `${who} denies access${status}: the account has no right to do this. A new token does not help.`,
    nextStep:
      'Check the host and the tenant, then ask your Reltio administrator for a role in this tenant. "Reltio: Who Am I" shows ' +
      'your roles. If you have the role, your IP address may not be on the allow-list of the tenant.',
  }),
  scopeMissing: ({ who, status }) => ({
    message: `${who} denies access${status}: the token lacks a scope. A new token does not help.`,
    nextStep: 'Sign in with a client that has this scope. Your Reltio administrator knows which one does.',
  }),
  staffOnly: ({ who, status }) => ({
    message: `${who} shows the list of all tenants to the staff of Reltio only${status}.`,
    nextStep: 'Ask for /reltio/enhancedTenants?showAll=true instead.',
  }),
  networkDenied: ({ who, status }) => ({
    message: `${who} denies access from your network${status}. A new token does not help.`,
    nextStep: allowedNetwork,
  }),
  deniedSilently: ({ who, status }) => ({
    message: `${who} denies access without saying why${status}. Usually your IP address is not on the allow-list of the tenant.`,
    nextStep: `${allowedNetwork} If it is allowed, you may need another role.`,
  }),
  accountLocked: ({ status }) => ({
    message: `Your account is locked, disabled or expired${status}.`,
    nextStep: 'Ask your Reltio administrator to unlock it.',
  }),
  passwordExpired: ({ status }) => ({
    message: `Your Reltio password has expired or must be changed${status}.`,
    nextStep: 'Change it on the Reltio login page, then run "Reltio: Sign In".',
  }),
  rateLimited: ({ who, status, later }) => ({
    message: `${who} received too many requests${status}.`,
    nextStep: `Try again ${later}, and send fewer requests at a time.`,
  }),
  serverDown: ({ who, status, later }) => ({
    message: `${who} is down or overloaded${status}.`,
    nextStep: `Try again ${later}.`,
  }),
  serverError: ({ who, status }) => ({
    message: `${who} had an internal error${status}.`,
    nextStep:
      'If only this request fails, check its parameters: repeating it does not help. If all fail, wait, then ask Reltio Support.',
  }),
  noConnection: ({ who }) => ({
    message: `${who} cannot be reached.`,
    nextStep: 'Check your network, VPN and proxy, then try again.',
  }),
  certificate: ({ who }) => ({
    message: `The secure connection to ${who} failed, so nothing was sent.`,
    nextStep: 'Check the date of this computer. If your network inspects TLS, run "Reltio: Diagnose Sign-In".',
  }),
  objectMissing: ({ who, status }) => ({
    message: `${who} does not have what this address names${status}.`,
    nextStep: 'Check the id, the type and the tenant in the address.',
  }),
  pathMissing: ({ who, status }) => ({
    message: `${who} has nothing at this address${status}.`,
    nextStep: 'Check the path: the API of a tenant is at https://<environment>.reltio.com/reltio/api/<tenant>.',
  }),
  requestRefused: ({ who, status }) => ({
    message: `${who} does not accept this request${status}. Its token is not the reason.`,
    nextStep: 'Check its parameters and its body.',
  }),
  wrongMethod: ({ who, status }) => ({
    message: `${who} does not offer this method, path or content type${status}.`,
    nextStep: 'Check the method, such as GET or POST, the path and the Content-Type header.',
  }),
  tooMuch: ({ who, status }) => ({
    message: `${who} refuses a request of this size${status}.`,
    nextStep: 'Send or ask for less at a time, for example with a smaller "max" or a narrower filter.',
  }),
  foreignPage: ({ status }) => ({
    message: `A web page answered instead of the API of Reltio${status}.`,
    nextStep: 'Check the address. On a guest network, open its sign-in page in a browser first, then try again.',
  }),
  redirected: ({ who, status }) => ({
    message: `${who} redirected the request${status}, which the API of Reltio does not do.`,
    nextStep: 'Check the address. On a guest network, open its sign-in page in a browser first, then try again.',
  }),
  networkSignIn: ({ status }) => ({
    message: `Your network or its proxy requires a sign-in${status}, so the request did not reach Reltio.`,
    nextStep: 'Open a page in a browser and sign in to the network, or check "http.proxy" in your settings.',
  }),
  localProxy: ({ status }) => ({
    message: `The local proxy did not get an answer of Reltio for this request${status}.`,
    nextStep: 'Read its answer: it says what to do.',
  }),
  notFailed: ({ status }) => ({ message: `This call did not fail${status}.` }),
  unknown: ({ status }) => ({
    message: status === '' ? 'Too little is known about this call.' : `The reason is not known${status}.`,
    nextStep: 'Run "Reltio: Diagnose Sign-In" to check the way to Reltio.',
  }),
};
