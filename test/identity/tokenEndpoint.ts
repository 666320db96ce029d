import { type Answer, json, missingParameter, refusal } from './answer';
import { type Call, parameter } from './call';
import { authenticate } from './clientAuthentication';
import type { Client } from './clients';
import type { Identity } from './identity';
import { checkPassword } from './passwords';
import { granted } from './granted';
import { redeemCode } from './redeemCode';
import type { Refusal } from './tokens';
import type { User } from './users';

/** `POST /oauth/token`: every grant that Reltio documents; password with or without `idp_system`. */
export function tokenEndpoint(call: Call, identity: Identity): Answer {
  if (call.method !== 'POST') {
    return refusal(405, 'method_not_allowed', `Request method '${call.method}' not supported`, { allow: 'POST' });
  }
  const client = authenticate(call, call.form, identity);
  if ('status' in client) {
    return client;
  }
  const grant = parameter(call, 'grant_type');
  if (grant === undefined) {
    return refusal(400, 'invalid_request', 'Missing grant type');
  }
  if (!isSupported(grant)) {
    return refusal(400, 'unsupported_grant_type', `Unsupported grant type: ${grant}`);
  }
  if (!client.grants.includes(grant)) {
    return refusal(
      identity.policy.unauthorizedClientStatus,
      'unauthorized_client',
      `Unauthorized grant type: ${grant}`,
    );
  }
  return grants[grant](call, client, identity);
}

const grants = {
  password: passwordGrant,
  refresh_token: refreshGrant,
  state_token: oneTimeCodeGrant,
  authorization_code: authorizationCodeGrant,
  client_credentials: clientCredentialsGrant,
} as const;

function isSupported(grant: string): grant is keyof typeof grants {
  return Object.hasOwn(grants, grant);
}

function clientCredentialsGrant(_: Call, client: Client, identity: Identity): Answer {
  const outcome = identity.tokens.signInClient(client);
  if (outcome !== 'quotaUsedUp') {
    return granted(identity, outcome);
  }
  const text = 'The limit of active tokens is exceeded for this client';
  return identity.policy.quotaRefusal === 'tooManyRequests429'
    ? refusal(429, 'too_many_requests', text)
    : refusal(400, 'invalid_request', text);
}

function passwordGrant(call: Call, client: Client, identity: Identity): Answer {
  const userName = parameter(call, 'username');
  const password = parameter(call, 'password');
  if (userName === undefined || password === undefined) {
    return missingParameter(userName === undefined ? 'username' : 'password');
  }
  const proof = checkPassword(identity, userName, password, parameter(call, 'idp_system'));
  if ('status' in proof) {
    return proof;
  }
  return proof.mfa === 'none'
    ? granted(identity, identity.tokens.signIn(proof, client))
    : askForCode(identity, proof, client);
}

function askForCode(identity: Identity, user: User, client: Client): Answer {
  const challenge = identity.stateTokens.start(user, client);
  if (challenge.mailed !== undefined) {
    user.mails.push(challenge.mailed);
  }
  identity.onChallenge(challenge);
  const lifetime = identity.policy.stateTokenLifetime;
  // The outer number and the inner string, one second apart, are what Reltio's page prints.
  return json(200, {
    expires_in: Math.max(lifetime - 1, 0),
    state_token: {
      mfaType: user.mfa,
      expires_in: String(lifetime),
      status: identity.policy.mfaStatus,
      token: challenge.token,
    },
  });
}

function oneTimeCodeGrant(call: Call, client: Client, identity: Identity): Answer {
  const { lockout, stateTokens, tokens } = identity;
  const stateToken = parameter(call, 'state_token');
  const code = parameter(call, 'totp');
  if (stateToken === undefined || code === undefined) {
    return missingParameter(stateToken === undefined ? 'state_token' : 'totp');
  }
  const challenge = stateTokens.find(stateToken, client);
  if (!challenge) {
    return refusal(400, 'invalid_grant', `Invalid state token: ${stateToken}`);
  }
  if (lockout.isLocked(challenge.user)) {
    return refusal(400, 'invalid_grant', 'User account is locked');
  }
  if (!stateTokens.accepts(challenge, code)) {
    lockout.failed(challenge.user, 'code');
    return refusal(400, 'invalid_grant', 'Invalid one-time code');
  }
  lockout.succeeded(challenge.user, 'code');
  stateTokens.close(challenge);
  return granted(identity, tokens.signIn(challenge.user, client));
}

function authorizationCodeGrant(call: Call, client: Client, identity: Identity): Answer {
  const code = parameter(call, 'code');
  return code === undefined
    ? missingParameter('code')
    : redeemCode(identity, {
        client,
        code,
        redirectUri: parameter(call, 'redirect_uri'),
        verifier: parameter(call, 'code_verifier'),
        route: 'identityServer',
      });
}

function refreshGrant(call: Call, client: Client, identity: Identity): Answer {
  const refreshToken = parameter(call, 'refresh_token');
  if (refreshToken === undefined) {
    return missingParameter('refresh_token');
  }
  const outcome = identity.tokens.refresh(refreshToken, client);
  return typeof outcome === 'string' ? refusedRefresh(identity, refreshToken, outcome) : granted(identity, outcome);
}

// Spring's texts. They repeat the token, so such a body must never be logged or shown.
function refusedRefresh(identity: Identity, refreshToken: string, why: Refusal): Answer {
  if (why === 'wrongClient') {
    return refusal(400, 'invalid_grant', `Wrong client for this refresh token: ${refreshToken}`);
  }
  return identity.policy.invalidRefreshToken === 'invalidToken401'
    ? refusal(401, 'invalid_token', `Invalid refresh token (expired): ${refreshToken}`)
    : refusal(400, 'invalid_grant', `Invalid refresh token: ${refreshToken}`);
}
