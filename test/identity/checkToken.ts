import { type Answer, json, missingParameter, notFound, refusal, unauthorized } from './answer';
import { type Call, parameter } from './call';
import { authenticate } from './clientAuthentication';
import type { Identity } from './identity';
import type { Pair } from './tokens';

/** `POST /oauth/checkToken`: whose token it is. Any client with a secret may ask about any token. */
export function checkToken(call: Call, identity: Identity): Answer {
  if (identity.policy.checkTokenTells === 'absent') {
    return notFound();
  }
  const client = authenticate(call, call.form, identity);
  if ('status' in client) {
    return client;
  }
  if (client.secret === '') {
    return unauthorized('Basic', identity.policy.badClientError);
  }
  const token = parameter(call, 'token');
  if (token === undefined) {
    return missingParameter('token');
  }
  const pair = identity.tokens.find(token);
  return pair
    ? json(200, told(description(pair, identity), identity))
    : refusal(identity.policy.invalidCheckedTokenStatus, 'invalid_token', `Invalid access token: ${token}`);
}

function told(everything: Record<string, unknown>, { policy }: Identity): Record<string, unknown> {
  const { user, expiration, ...rest } = everything;
  switch (policy.checkTokenTells) {
    case 'withoutExpiry':
      return { ...rest, user };
    case 'withoutUser':
      return { ...rest, expiration };
    case 'userNameOnly':
      return { user: { username: (user as { username: string }).username } };
    default:
      return everything;
  }
}

function description({ user, client, accessExpiresAt }: Pair, identity: Identity): Record<string, unknown> {
  const seconds = Math.floor(accessExpiresAt / 1000);
  const roles = Object.keys(user.roles);
  return {
    clientId: client.id,
    expiration: identity.policy.expirationUnit === 'seconds' ? seconds : accessExpiresAt,
    resourceIds: [],
    roles,
    scopes: client.scopes,
    errorCode: null,
    errorMessage: null,
    user: {
      customer: 'Acme',
      username: user.name,
      email: user.email,
      entity: user.entityUri,
      externalTokens: [],
      tenants: user.tenants,
      roles,
      userPermissions: { roles: user.roles, permissions: {}, permissionsByService: {} },
      enabled: true,
      accountNonExpired: true,
      credentialsNonExpired: true,
      accountNonLocked: !identity.lockout.isLocked(user),
      externalUser: user.idpSystem !== undefined,
      locale: 'en_US',
      timezone: 'UTC',
      groups: [],
      encrypted: false,
    },
  };
}
