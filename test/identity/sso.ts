import { type Answer, json, missingParameter, notFound, refusal } from './answer';
import { authorize } from './authorization';
import type { Call } from './call';
import type { Identity } from './identity';
import { page } from './page';
import { tenants } from './tenants';

/** `GET /oauth/sso`: sends the browser to the identity provider of a tenant; here the page of this server is that. */
export function sso(call: Call, identity: Identity): Answer {
  if (!knows(call.query['tenant_id'])) {
    return page('Unknown tenant', '<p>The parameter tenant_id must be the id of a tenant.</p>', 400);
  }
  if (identity.policy.ssoCheck === 'native') {
    return page('No identity provider', '<p>The users of this tenant sign in with a password.</p>', 400);
  }
  return authorize(call, identity, 'identityServer');
}

/** `POST /oauth/ssoCheck`, without a client's secret: whether the users of a tenant sign in at an identity provider. */
export function ssoCheck({ method, form }: Call, { policy, clients }: Identity): Answer {
  if (policy.ssoCheck === 'absent') {
    return notFound();
  }
  if (method !== 'POST') {
    return refusal(405, 'method_not_allowed', `Request method '${method}' not supported`, { allow: 'POST' });
  }
  const missing = ['tenant_id', 'client_id', 'response_type', 'state', 'redirect_uri'].find((name) => !form[name]);
  if (missing !== undefined) {
    return missingParameter(missing);
  }
  if (policy.ssoCheck === 'error' || !knows(form['tenant_id']) || !clients.find(form['client_id'] ?? '')) {
    return json(200, { error: 'Tenant or client is not known' });
  }
  return json(200, { status: policy.ssoCheck });
}

function knows(tenantId: string | undefined): boolean {
  return tenants.some((tenant) => tenant.tenantId === tenantId);
}
