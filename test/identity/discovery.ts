import { type Answer, html, json, notFound } from './answer';
import type { Call } from './call';
import type { Identity } from './identity';

/** What a server says of itself (RFC 8414), truthfully or not. */
export type Discovery =
  | 'absent'
  | 'withPkce'
  | 'withoutPkce'
  /** Announces PKCE with the method `plain` only. */
  | 'plainPkce'
  /** Only at `/.well-known/openid-configuration`. */
  | 'openidOnly'
  | 'wrongIssuer'
  /** Its endpoints are at another host. */
  | 'foreignEndpoints'
  | 'withoutRegistration'
  | 'html'
  | 'unauthorized';

const name = '/.well-known/oauth-authorization-server';
const openidName = '/.well-known/openid-configuration';

/** The documents of the identity server and, below `/ai/tools`, of the login page; undefined for any other path. */
export function discovery({ path, origin }: Call, { policy }: Identity): Answer | undefined {
  if (path === name || path === openidName) {
    return document(policy.discovery, path === openidName, origin, (host) => ({
      authorization_endpoint: `${host}/oauth/sso`,
      token_endpoint: `${host}/oauth/token`,
      revocation_endpoint: `${host}/oauth/revoke`,
    }));
  }
  if (path === `/ai/tools${name}` || path === `/ai/tools${openidName}`) {
    const { loginPageDiscovery } = policy;
    return document(loginPageDiscovery, path.endsWith(openidName), `${origin}/ai/tools`, (host) => ({
      authorization_endpoint: `${host}/login`,
      token_endpoint: `${host}/login/token`,
      ...(loginPageDiscovery === 'withoutRegistration' ? {} : { registration_endpoint: `${host}/ai/tools/register` }),
    }));
  }
  return undefined;
}

function document(
  kind: Discovery,
  isOpenid: boolean,
  issuer: string,
  endpoints: (host: string) => Record<string, string>,
): Answer {
  if (kind === 'absent' || isOpenid !== (kind === 'openidOnly')) {
    return notFound();
  }
  if (kind === 'unauthorized') {
    return json(401, { error_code: 'Unauthorized', error: 'No authorization bearer token detected' });
  }
  if (kind === 'html') {
    return html(200, '<!DOCTYPE html><html><body>Welcome</body></html>');
  }
  const methods = kind === 'plainPkce' ? ['plain'] : ['S256'];
  return json(200, {
    issuer: kind === 'wrongIssuer' ? 'https://auth.example.com' : issuer,
    ...endpoints(kind === 'foreignEndpoints' ? 'https://auth.example.com' : new URL(issuer).origin),
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
    ...(kind === 'withoutPkce' ? {} : { code_challenge_methods_supported: methods }),
  });
}
