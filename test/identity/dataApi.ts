import { type Answer, json, refusal, unauthorized } from './answer';
import type { Call } from './call';
import { forbidden } from './forbidden';
import type { Identity } from './identity';
import { tenants } from './tenants';
import type { Pair } from './tokens';

/** The few calls of an environment that show whether a bearer works. All except `/reltio/status` require one. */
export function dataApi(call: Call, identity: Identity): Answer | undefined {
  if (call.path === '/reltio/status') {
    return json(200, { Status: 'Green' });
  }
  const endpoint = endpoints.find(({ path }) => path.test(call.path));
  if (!endpoint) {
    return undefined;
  }
  const bearer = /^Bearer +(\S+)$/i.exec(call.headers.authorization ?? '')?.[1];
  if (bearer === undefined) {
    return unauthorized('Bearer');
  }
  const pair = identity.tokens.find(bearer);
  if (!pair || refuses(pair, identity)) {
    // Reltio repeats the token here, so logging or showing this body leaks it.
    return refusal(401, 'invalid_token', `Invalid access token: ${bearer}`, {
      'www-authenticate': 'Bearer realm="oauth", error="invalid_token"',
    });
  }
  if (call.method !== 'GET') {
    return json(500, { severity: 'Error', errorMessage: 'Request method not supported', errorCode: 2003 });
  }
  return endpoint.answer(pair, decodeURIComponent(endpoint.path.exec(call.path)?.[1] ?? ''), call);
}

function refuses({ route }: Pair, { policy }: Identity): boolean {
  return policy.dataApiRefuses || (route === 'loginPage' && !policy.loginPageServesDataApi);
}

const endpoints: readonly { path: RegExp; answer: (pair: Pair, tenantId: string, call: Call) => Answer }[] = [
  { path: /^\/reltio\/enhancedTenants$/, answer: ({ user }, _, call) => listTenants(user.tenants, call) },
  { path: /^\/reltio\/tenants\/([^/]+)\/name$/, answer: tenantName },
  { path: /^\/reltio\/api\/([^/]+)\/configuration$/, answer: configuration },
];

// Without showAll=true Reltio lists only a subset. It does not say which, so this is the first one.
function listTenants(reachable: readonly string[], call: Call): Answer {
  const all = tenants.filter(({ tenantId }) => reachable.includes(tenantId));
  return json(200, call.query['showAll'] === 'true' ? all : all.slice(0, 1));
}

function tenantName({ user }: Pair, tenantId: string): Answer {
  const tenant = user.tenants.includes(tenantId) ? tenants.find((known) => known.tenantId === tenantId) : undefined;
  return tenant ? json(200, { value: tenant.tenantName }) : forbidden('errorCode804');
}

function configuration({ user, client }: Pair, tenantId: string): Answer {
  if (!user.tenants.includes(tenantId)) {
    return forbidden('errorCode804');
  }
  if (!client.scopes.includes('configuration_api')) {
    return forbidden('accessDenied');
  }
  return json(200, { uri: 'configuration', label: tenantId, entityTypes: [{ uri: 'configuration/entityTypes/HCP' }] });
}
