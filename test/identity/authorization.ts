import { type Answer, html } from './answer';
import type { Call } from './call';
import type { Client } from './clients';
import type { Route } from './codes';
import type { Identity } from './identity';
import { escaped, page } from './page';
import { isAllowed } from './redirects';
import type { User } from './users';

/** A request of RFC 6749 section 4.1.1 in which all is right. */
interface AuthorizationRequest {
  readonly client: Client;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: string | undefined;
}

/**
 * The page on which a user signs in, and where it leads. The page has a button for each user, so that a test or a
 * developer chooses one, and one to cancel; with the policy `autoApprove` the browser is sent back at once.
 */
export function authorize(call: Call, identity: Identity, route: Route): Answer {
  const request = readRequest(call, identity);
  if ('status' in request) {
    return request;
  }
  const { autoApprove } = identity.policy;
  const chosen = call.method === 'POST' ? call.form['user'] : autoApprove || undefined;
  if (call.method === 'POST' && chosen === undefined) {
    return back(request, refused('access_denied', identity));
  }
  return chosen === undefined
    ? userList(call, identity)
    : back(request, callback(identity.users.get(chosen), request, identity, { route, issuer: call.origin }));
}

function readRequest({ query }: Call, { clients, policy }: Identity): AuthorizationRequest | Answer {
  const client = clients.find(query['client_id'] ?? '');
  const redirectUri = query['redirect_uri'] ?? '';
  // Never sends the browser to an address that is not known to be the client's (RFC 6749 section 4.1.2.1).
  if (!client) {
    return page('Unknown client', '<p>No client has this id.</p>', 400);
  }
  if (!isAllowed(redirectUri, client, policy)) {
    return html(302, '', { location: '/error?id=redirectUrlNotAllowed' });
  }
  const state = query['state'] ?? '';
  if (state.trim() === '') {
    return page('Missing state', '<p>The parameter state must not be blank.</p>', 400);
  }
  const challenge = query['code_challenge'];
  const error = requestError(query, client, policy.pkce === 'required');
  const request = { client, redirectUri, state, challenge };
  return error === undefined ? request : back(request, { error });
}

function requestError(query: Call['query'], client: Client, needsChallenge: boolean): string | undefined {
  if (query['response_type'] !== 'code') {
    return 'unsupported_response_type';
  }
  if (!client.grants.includes('authorization_code')) {
    return 'unauthorized_client';
  }
  const challenge = query['code_challenge'];
  const isPlain = challenge !== undefined && query['code_challenge_method'] !== 'S256';
  return isPlain || (challenge === undefined && needsChallenge) ? 'invalid_request' : undefined;
}

/** The parameters for the browser to bring back, without `state`; the policy may spoil them. */
function callback(
  user: User,
  { client, redirectUri, challenge }: AuthorizationRequest,
  identity: Identity,
  { route, issuer }: { route: Route; issuer: string },
): Record<string, string> {
  const { callback: kind, callbackIssuer } = identity.policy;
  if (kind === 'accessDenied' || kind === 'serverError') {
    return refused(kind === 'accessDenied' ? 'access_denied' : 'server_error', identity);
  }
  const code = identity.codes.issue({ user, client, redirectUri, challenge, route });
  return {
    ...(kind === 'withoutCode' ? {} : { code }),
    ...(kind === 'wrongState' ? { state: 'of-another-request' } : {}),
    ...(kind === 'withoutState' ? { state: '' } : {}),
    ...(callbackIssuer === 'none' ? {} : { iss: callbackIssuer === 'own' ? issuer : 'https://auth.example.com' }),
  };
}

function refused(error: string, { policy }: Identity): Record<string, string> {
  return { error, error_description: policy.callbackErrorText };
}

function back({ redirectUri, state }: AuthorizationRequest, parameters: Record<string, string>): Answer {
  const added = Object.entries({ state, ...parameters }).filter(([, value]) => value !== '');
  const url = new URL(redirectUri);
  // Appended as text: what is there already must not be encoded in another way.
  url.search += `${url.search === '' ? '' : '&'}${new URLSearchParams(added).toString()}`;
  return html(302, '', { location: url.href, 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
}

function userList({ path, query }: Call, { users }: Identity): Answer {
  const action = escaped(`${path}?${new URLSearchParams(query).toString()}`);
  const buttons = users
    .all()
    .map(({ name }) => `<p><button name="user" value="${escaped(name)}">${escaped(name)}</button></p>`);
  return page(
    'Sign in to Reltio',
    `<form method="post" action="${action}">${buttons.join('\n')}<p><button>Cancel</button></p></form>`,
  );
}
