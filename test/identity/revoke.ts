import { type Answer, json, missingParameter, refusal, unauthorized } from './answer';
import type { Call } from './call';
import type { Identity } from './identity';

/** `POST /oauth/revoke`. An unknown token is a success too (RFC 7009 section 2.2); Reltio's page does not say. */
export function revoke(call: Call, identity: Identity): Answer {
  const { policy, clients, tokens } = identity;
  if (call.method !== 'POST') {
    return refusal(405, 'method_not_allowed', `Request method '${call.method}' not supported`, { allow: 'POST' });
  }
  if (policy.revokeNeedsClient && !clients.byHeader(call.headers.authorization)) {
    return unauthorized('Basic', policy.badClientError);
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
