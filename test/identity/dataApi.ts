import { type Answer, html, json, notFound, unauthorized } from './answer';
import { bearerOf } from './bearer';
import type { Call } from './call';
import { forbidden } from './forbidden';
import type { Identity } from './identity';
import type { Policy } from './policy';
import { tenantOf, tenants } from './tenants';
import type { Pair } from './tokens';

/** The few calls of an environment that show whether a bearer works. All except `/reltio/status` require one. */
export function dataApi(call: Call, identity: Identity): Answer | undefined {
  if (call.path === '/reltio/status') {
    return status(identity);
  }
  const endpoint = endpoints.find(({ path }) => path.test(call.path));
  if (!endpoint) {
    return undefined;
  }
  const pair = bearerOf(call.headers, identity) ?? unauthorized('Bearer');
  if ('status' in pair) {
    return pair;
  }
  if (call.method !== 'GET') {
    return json(500, { severity: 'Error', errorMessage: 'Request method not supported', errorCode: 2003 });
  }
  const tenantId = decodeURIComponent(endpoint.path.exec(call.path)?.[1] ?? '');
  return endpoint.answer(pair, { tenantId, call, policy: identity.policy });
}

interface Question {
  /** The tenant in the path; empty without one. */
  readonly tenantId: string;
  readonly call: Call;
  readonly policy: Policy;
}

const endpoints: readonly { path: RegExp; answer: (pair: Pair, question: Question) => Answer }[] = [
  { path: /^\/reltio\/enhancedTenants$/, answer: listTenants },
  // Reltio answers this one to its own staff only.
  { path: /^\/reltio\/tenants$/, answer: () => forbidden('errorCode804') },
  { path: /^\/reltio\/tenants\/([^/]+)\/name$/, answer: tenantName },
  { path: /^\/reltio\/api\/([^/]+)\/configuration$/, answer: ofTenant('configuration_api', configuration) },
  { path: /^\/reltio\/api\/([^/]+)\/entities$/, answer: ofTenant('entities_api', entities) },
];

function status({ policy }: Identity): Answer {
  switch (policy.environmentStatus) {
    case 'green':
      return json(200, { Status: 'Green' });
    case 'html':
      return html(200, '<!DOCTYPE html><html><body>Welcome</body></html>');
    case 'needsToken':
      return unauthorized('Bearer');
    case 'unavailable':
      return html(503, '<html><body><h1>Service unavailable</h1></body></html>');
    case 'absent':
      return notFound();
  }
}

function listTenants({ user }: Pair, { call, policy }: Question): Answer {
  const reachable = user.tenants.map(tenantOf);
  switch (policy.tenantList) {
    case 'complete':
      // Without showAll=true Reltio lists only a subset. It does not say which, so this is the first one.
      return json(200, call.query['showAll'] === 'true' ? reachable : reachable.slice(0, 1));
    case 'withUnreadable':
      return json(200, tenants);
    case 'withoutNames':
      return json(
        200,
        reachable.map(({ tenantId }) => ({ tenantId, tenantName: null })),
      );
    case 'empty':
      return json(200, []);
    case 'forbidden':
      return forbidden('errorCode804');
    case 'absent':
      return notFound();
  }
}

function tenantName({ user }: Pair, { tenantId, policy }: Question): Answer {
  if (policy.tenantName === 'absent') {
    return notFound();
  }
  const isKnown = user.tenants.includes(tenantId) && policy.tenantName !== 'forbidden';
  const { tenantName: value } = tenantOf(tenantId);
  return isKnown ? json(200, { value: policy.tenantName === 'empty' ? '' : value }) : forbidden('errorCode804');
}

/** Answers only who has access to the tenant, with a token of this scope. */
function ofTenant(scope: string, content: (tenantId: string) => object) {
  return ({ user, client }: Pair, { tenantId }: Question): Answer => {
    if (!user.tenants.includes(tenantId)) {
      return forbidden('errorCode804');
    }
    return client.scopes.includes(scope) ? json(200, content(tenantId)) : forbidden('accessDenied');
  };
}

function configuration(tenantId: string): object {
  return { uri: 'configuration', label: tenantId, entityTypes: [{ uri: 'configuration/entityTypes/HCP' }] };
}

function entities(): object {
  return [{ uri: 'entities/1Ab2Cd3', type: 'configuration/entityTypes/HCP', label: 'Ada Lovelace' }];
}
