import { type Answer, refusal, unauthorized } from './answer';
import type { Call } from './call';
import type { Client } from './clients';
import type { Identity } from './identity';
import { sameText } from './oneTimeCode';

/**
 * The client of a token request, or the refusal to send. It proves who it is in the header, in the body or, without a
 * secret, by its id alone; in more than one way at once is an invalid request (RFC 6749 section 2.3).
 */
export function authenticate(call: Call, fields: Call['form'], identity: Identity): Client | Answer {
  const { authorization } = call.headers;
  if (authorization !== undefined && fields['client_secret'] !== undefined) {
    return refusal(400, 'invalid_request', 'The client authenticates in more than one way');
  }
  const client = authorization === undefined ? byBody(fields, identity) : identity.clients.byHeader(authorization);
  const way =
    authorization !== undefined ? 'client_secret_basic' : fields['client_secret'] ? 'client_secret_post' : 'none';
  return client?.authenticatesBy.includes(way) === true
    ? client
    : unauthorized('Basic', identity.policy.badClientError);
}

/** The client that the fields of a body name, if its secret is right or missing in both places. */
function byBody(fields: Call['form'], { clients }: Identity): Client | undefined {
  const client = clients.find(fields['client_id'] ?? '');
  return client && sameText(client.secret, fields['client_secret'] ?? '') ? client : undefined;
}
