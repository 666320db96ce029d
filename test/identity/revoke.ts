import { type Answer, json, missingParameter, refusal } from './answer';
import type { Call } from './call';
import { authenticate } from './clientAuthentication';
import type { Identity } from './identity';

/** `POST /oauth/revoke`. An unknown token is a success too (RFC 7009 section 2.2); Reltio's page does not say. */
export function revoke(call: Call, identity: Identity): Answer {
  const { policy, tokens } = identity;
  if (call.method !== 'POST') {
    return refusal(405, 'method_not_allowed', `Request method '${call.method}' not supported`, { allow: 'POST' });
  }
  const client = authenticate(call, call.form, identity);
  if (policy.revokeNeedsClient && 'status' in client) {
    return client;
  }
  const fromForm = policy.revokeTakes === 'query' ? undefined : call.form['token'];
  const fromQuery = policy.revokeTakes === 'form' ? undefined : call.query['token'];
  const token = fromForm || fromQuery;
  if (!token) {
    return missingParameter('token');
  }
  tokens.revoke(token);
  return json(200, { status: 'success', ...(policy.logoutUri ? { logoutUri: policy.logoutUri } : {}) });
}
