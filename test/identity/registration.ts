import { randomBytes, randomUUID } from 'node:crypto';
import { type Answer, json, notFound, refusal } from './answer';
import type { Call } from './call';
import type { Identity } from './identity';
import { isLoopback } from './redirects';

/** `POST /ai/tools/register`: a program registers itself as a client (RFC 7591) that can use the login page. */
export function register({ method, json: wishes }: Call, { policy, clients, clock }: Identity): Answer {
  if (policy.registration === 'absent') {
    return notFound();
  }
  if (policy.registration === 'refused') {
    return refusal(400, 'invalid_client_metadata', 'Registration is closed');
  }
  if (method !== 'POST') {
    return refusal(405, 'method_not_allowed', `Request method '${method}' not supported`, { allow: 'POST' });
  }
  const redirects = textsOf(wishes['redirect_uris']);
  if (redirects.length === 0 || !redirects.every(isLoopback)) {
    return refusal(400, 'invalid_redirect_uri', 'Only addresses of this machine can be registered');
  }
  const isPublic = policy.registration === 'public';
  const authentication = isPublic ? 'none' : 'client_secret_basic';
  const client = clients.add(`registered-${randomUUID()}`, isPublic ? '' : randomBytes(24).toString('base64url'), {
    grants: ['authorization_code', 'refresh_token'],
    authenticatesBy: [authentication],
    redirects,
  });
  return json(201, {
    client_id: client.id,
    client_id_issued_at: Math.floor(clock() / 1000),
    ...(isPublic ? {} : { client_secret: client.secret, client_secret_expires_at: 0 }),
    ...(typeof wishes['client_name'] === 'string' ? { client_name: wishes['client_name'] } : {}),
    redirect_uris: redirects,
    grant_types: client.grants,
    response_types: ['code'],
    token_endpoint_auth_method: authentication,
  });
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
