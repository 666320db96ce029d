import { failedTransport } from '../base/failure';
import { parseJsonObject } from '../base/json';
import { authenticatedForm } from '../oauth/client';
import { timedRequest, type RequestTools } from '../oauth/timedRequest';
import type { AuthorizationRequest } from './authorizationRequest';

/** Whether a tenant can sign in at the identity server's own page. */
export type SsoCheck =
  | 'sso'
  /** Its users have passwords at Reltio, which that page does not ask for. */
  | 'native'
  /** The server knows no such tenant, or does not accept the client or the redirect address for it. */
  | 'refused'
  /** The server does not say. The page in the browser will. */
  | 'unknown';

/** How long the answer may take (milliseconds). */
const timeout = 5_000;

/**
 * Asks before the browser opens (`/oauth/ssoCheck`, docs/reltio.md, R21). Nothing in it is secret.
 *
 * @throws {Failure} `cancelled`, or why the server cannot be reached: then it could not redeem a code either
 */
export async function ssoCheck(
  tools: RequestTools,
  identityServer: string,
  tenant: string,
  clientId: string,
  { state, redirectUri }: Pick<AuthorizationRequest, 'state' | 'redirectUri'>,
  signal: AbortSignal,
): Promise<SsoCheck> {
  const { host } = new URL(identityServer);
  const form = { tenant_id: tenant, client_id: clientId, response_type: 'code', state, redirect_uri: redirectUri };
  const request = {
    method: 'POST',
    url: `${identityServer}/oauth/ssoCheck`,
    ...authenticatedForm(undefined, form),
    holdsNoSecret: true,
  } as const;
  const answer = await timedRequest(tools, request, timeout, signal);
  if (answer.kind === 'failure') {
    throw failedTransport(host, answer);
  }
  if (answer.status !== 200 && answer.status !== 400) {
    return 'unknown'; // 401 asks for a client, and 404 means that there is no such check
  }
  const { status, error } = parseJsonObject(answer.body) ?? {};
  if (status === 'sso' || status === 'native') {
    return status;
  }
  return typeof error === 'string' && error !== '' ? 'refused' : 'unknown';
}
