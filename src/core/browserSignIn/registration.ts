import { Failure, failedTransport } from '../base/failure';
import { parseJsonObject, type Json } from '../base/json';
import { documentedClient, type Client } from '../oauth/client';
import { classifyRefusal } from '../oauth/errorResponse';
import { timedRequest, type RequestTools } from '../oauth/timedRequest';

/** How long the answer may take (milliseconds). */
const timeout = 10_000;

/** The value of `Client.registeredFor` for a client that was registered at this endpoint for this redirect address. */
export function registrationKey(endpoint: string, redirectUri: string): string {
  return `${endpoint} ${redirectUri}`;
}

/**
 * Registers this installation as a client of its own (RFC 7591), without a secret: instead, PKCE proves that
 * the program that redeems the code also asked for it.
 *
 * @param endpoint a checked address
 * @throws {Failure}
 */
export async function registerClient(
  tools: RequestTools,
  endpoint: string,
  redirectUri: string,
  signal: AbortSignal,
): Promise<Client> {
  const { host } = new URL(endpoint);
  const request = {
    method: 'POST',
    url: endpoint,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      client_name: 'Reltio Authentication for VS Code',
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    }),
    holdsNoSecret: true,
  } as const;
  const answer = await timedRequest(tools, request, timeout, signal);
  if (answer.kind === 'failure') {
    throw failedTransport(host, answer);
  }
  const { status, body, headers } = answer;
  if (status < 200 || status >= 300) {
    throw new Failure(classifyRefusal('authorizationCode', status, body, headers), { host, status });
  }
  const client = registered(parseJsonObject(body) ?? {});
  if (client === undefined) {
    throw new Failure('badAnswer', { host, status });
  }
  return { ...client, registeredFor: registrationKey(endpoint, redirectUri) };
}

/** A server may give a secret although none was asked for (RFC 7591 section 3.2.1); then it is used. */
function registered(json: Json): Client | undefined {
  const { client_id: id, client_secret: secret, token_endpoint_auth_method: authentication } = json;
  if (typeof id !== 'string' || !/^[\x21-\x39\x3B-\x7E]{1,254}$/.test(id) || id === documentedClient.id) {
    return undefined; // with the client that all users share, the account would have the name of another sign-in
  }
  if (typeof secret !== 'string' || secret === '' || authentication === 'none') {
    return { id, secret: '', authentication: 'none' };
  }
  if (!/^[\x20-\x7E]{1,1024}$/.test(secret)) {
    return undefined; // it would be stored, and sent with every request
  }
  return authentication === 'client_secret_post' ? { id, secret, authentication } : { id, secret };
}
