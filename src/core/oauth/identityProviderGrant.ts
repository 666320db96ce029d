import type { Grant } from './grant';

/**
 * The password grant with Reltio's `idp_system`: `secret` is the password at that identity provider, or an access token
 * of several KB that it issued (Reltio's page "Getting a Reltio Access Token from a Third Party IDP"). The page calls
 * the parameters "Query"; they go in the form body like all others.
 */
export function identityProviderGrant(idpSystem: string, username: string, secret: string): Grant {
  return { kind: 'password', form: { grant_type: 'password', username, password: secret, idp_system: idpSystem } };
}
