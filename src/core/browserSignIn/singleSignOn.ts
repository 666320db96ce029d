import type { RequestTools } from '../oauth/timedRequest';
import { authorizationRequest, type AuthorizationRequest } from './authorizationRequest';
import { discoverIdentityServer } from './discovery';
import { ssoCheck, type SsoCheck } from './ssoCheck';

/** A sign-in at the identity server's own page, and whether the server expects it to succeed. */
export interface SingleSignOn {
  readonly request: AuthorizationRequest;
  readonly check: SsoCheck;
}

export interface SingleSignOnParts {
  readonly identityServer: string;
  /** Decides which identity provider of the customer asks the user (docs/reltio.md, R20). */
  readonly tenant: string;
  readonly clientId: string;
  readonly redirectUri: string;
}

/**
 * Prepares a sign-in at `/oauth/sso` (docs/reltio.md, R20 to R22).
 *
 * @throws {Failure} `cancelled`, or why the server cannot be reached
 */
export async function singleSignOn(
  tools: RequestTools,
  { identityServer, tenant, clientId, redirectUri }: SingleSignOnParts,
  signal: AbortSignal,
): Promise<SingleSignOn> {
  const metadata = await discoverIdentityServer(tools, identityServer, signal);
  const request = await authorizationRequest({
    endpoint: `${identityServer}/oauth/sso`,
    clientId,
    redirectUri,
    issuer: metadata ?? { issuer: identityServer, namesItself: false },
    usesPkce: metadata?.offersPkce === true,
    more: { tenant_id: tenant },
  });
  return { request, check: await ssoCheck(tools, identityServer, tenant, clientId, request, signal) };
}
