import * as l10n from '@vscode/l10n';
import type { FailureCause } from '../../core/dataApi/failedCall';
import type { ExplainAnswer } from './apiV1';
import type { ExplanationWords } from './explanationWords';

/** One cause in words. */
export type Explanation = (words: ExplanationWords) => Pick<ExplainAnswer, 'message' | 'nextStep'>;

const pageAddress = (): string =>
  l10n.t('The address of a Reltio page has both: https://<environment>.reltio.com/ui/<tenant>.');
const newToken = (): string =>
  l10n.t(
    'Try again: if the token has expired, there will be a new one. If that is not accepted either, run "Reltio: Diagnose Sign-In".',
  );
const allowedNetwork = (): string =>
  l10n.t('Connect to the network or VPN of your company, or ask your Reltio administrator to allow your IP address.');

/** Why a token does not give access, or the request went to another place than was meant. */
export const accessTexts = {
  tokenInvalid: ({ who, status }) => ({
    message: l10n.t(
      '{0} does not accept the token{1}: it has expired, was revoked, or is not valid there.',
      who,
      status,
    ),
    nextStep: newToken(),
  }),
  tokenRefused: ({ who, status }) => ({
    message: l10n.t('{0} refused the token without saying why{1}. Usually it has expired.', who, status),
    nextStep: newToken(),
  }),
  noToken: ({ who, status }) => ({
    message: l10n.t('{0} received no token{1}.', who, status),
    nextStep: l10n.t('Send it in the header "Authorization: Bearer <token>", with a space after "Bearer".'),
  }),
  noTokenForMcp: ({ who, status }) => ({
    message: l10n.t('{0} found no token that its MCP server accepts{1}.', who, status),
    nextStep: l10n.t(
      'Send it in the header "Authorization: Bearer <token>". If it was sent, it has expired: try again with a new one.',
    ),
  }),
  otherIssuer: ({ meant, issuer, issuerWanted, status }) => ({
    message:
      meant === undefined
        ? l10n.t(
            'The token is from {0}, but the environment accepts only those of {1}{2}.',
            issuer,
            issuerWanted,
            status,
          )
        : l10n.t(
            'The token is from {0}, but the environment "{1}" accepts only those of {2}{3}.',
            issuer,
            meant,
            issuerWanted,
            status,
          ),
    nextStep: l10n.t('Use an account of {0}. If there is none, run "Reltio: Sign In".', issuerWanted),
  }),
  noAccountThere: ({ meant, issuerWanted, status }) => ({
    message:
      meant === undefined
        ? l10n.t(
            'Only tokens of {0} are accepted by the environment, and no account is signed in there{1}.',
            issuerWanted,
            status,
          )
        : l10n.t(
            'Only tokens of {0} are accepted by the environment "{1}", and no account is signed in there{2}.',
            issuerWanted,
            meant,
            status,
          ),
    nextStep: l10n.t('Run "Reltio: Sign In" and choose {0}.', issuerWanted),
  }),
  otherHost: ({ place, meant, meantHost, status }) => ({
    message:
      meant === undefined
        ? l10n.t('The request went to {0}, but the environment is at {1}{2}.', place, meantHost, status)
        : l10n.t('The request went to {0}, but the environment "{1}" is at {2}{3}.', place, meant, meantHost, status),
    nextStep: l10n.t(
      'Send it to {0}, or correct the address of the environment in reltioAuth.environments.',
      meantHost,
    ),
  }),
  identityServer: ({ place, status }) => ({
    message: l10n.t('The request went to {0}, which issues tokens and is not an environment{1}.', place, status),
    nextStep: l10n.t('Send it to an environment, such as https://dev.reltio.com.'),
  }),
  strangeHost: ({ status }) => ({
    message: l10n.t(
      'The request went to a host that is neither an environment of your settings nor trusted{0}.',
      status,
    ),
    nextStep: l10n.t(
      'Check the address. If the host is yours, add it to reltioAuth.trustedHosts, then run "Reltio: Add Environment".',
    ),
  }),
  hostNotFound: ({ host = l10n.t('The host of this address') }) => ({
    message: l10n.t('{0} was not found.', host),
    nextStep: l10n.t(
      'Check its first word: it is the name of the environment, such as dev, and not the id of a tenant. If it is correct, check your network and VPN.',
    ),
  }),
  tenantAsHost: ({ status }) => ({
    message: l10n.t('The address has the id of a tenant where the name of the environment belongs{0}.', status),
    nextStep: pageAddress(),
  }),
  hostAsTenant: ({ status }) => ({
    message: l10n.t('The address has the name of the environment where the id of the tenant belongs{0}.', status),
    nextStep: pageAddress(),
  }),
  tenantUnknown: ({ who, status }) => ({
    message: l10n.t('{0} does not know this tenant{1}.', who, status),
    nextStep: `${l10n.t('Check the id of the tenant and the host.')} ${pageAddress()}`,
  }),
  otherTenant: ({ who, meant, status }) => ({
    message:
      meant === undefined
        ? l10n.t(
            '{0} denies access{1}, and the tenant is not the one that the environment has in your settings.',
            who,
            status,
          )
        : l10n.t(
            '{0} denies access{1}, and the tenant is not the one that the environment "{2}" has in your settings.',
            who,
            status,
            meant,
          ),
    nextStep: l10n.t(
      'Check the id of the tenant. If it is correct, ask your Reltio administrator for a role in this tenant.',
    ),
  }),
  roleMissing: ({ who, status }) => ({
    message: l10n.t(
      '{0} denies access{1}: the account has no right to do this. A new token does not help.',
      who,
      status,
    ),
    nextStep: l10n.t(
      'Check the host and the tenant, then ask your Reltio administrator for a role in this tenant. "Reltio: Who Am I" shows your roles. If you have the role, your IP address may not be on the allow-list of the tenant.',
    ),
  }),
  scopeMissing: ({ who, status }) => ({
    message: l10n.t('{0} denies access{1}: the token lacks a scope. A new token does not help.', who, status),
    nextStep: l10n.t('Sign in with a client that has this scope. Your Reltio administrator knows which one does.'),
  }),
  staffOnly: ({ who, status }) => ({
    message: l10n.t('{0} shows the list of all tenants to the staff of Reltio only{1}.', who, status),
    nextStep: l10n.t('Ask for /reltio/enhancedTenants?showAll=true instead.'),
  }),
  networkDenied: ({ who, status }) => ({
    message: l10n.t('{0} denies access from your network{1}. A new token does not help.', who, status),
    nextStep: allowedNetwork(),
  }),
  deniedSilently: ({ who, status }) => ({
    message: l10n.t(
      '{0} denies access without saying why{1}. Usually your IP address is not on the allow-list of the tenant.',
      who,
      status,
    ),
    nextStep: `${allowedNetwork()} ${l10n.t('If it is allowed, you may need another role.')}`,
  }),
} satisfies Partial<Record<FailureCause, Explanation>>;
