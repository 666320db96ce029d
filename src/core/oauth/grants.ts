/** One request to the token endpoint: its form body, and the kind, which decides what an error response means. */
export interface Grant {
  readonly kind: 'password' | 'refreshToken' | 'oneTimeCode';
  /** Sent as the form body, never in the URL: URLs end up in logs. */
  readonly form: Readonly<Record<string, string>>;
}

interface GrantTraits {
  /** It begins a sign-in: then a server on this machine need not be the one of the last sign-in. */
  readonly startsSignIn?: true;
  /** It is not sent again after 429: a password is sent once for each press of Enter. */
  readonly isSentOnce?: true;
}

/** What else depends on the kind of a grant. */
export const grantTraits: Readonly<Record<Grant['kind'], GrantTraits>> = {
  password: { startsSignIn: true, isSentOnce: true },
  oneTimeCode: {},
  refreshToken: {},
};

/** RFC 6749 section 4.3: the user's own Reltio password. */
export function passwordGrant(username: string, password: string): Grant {
  return { kind: 'password', form: { grant_type: 'password', username, password } };
}

/**
 * The password grant with Reltio's `idp_system`: `secret` is the password at that identity provider, or an access token
 * of several KB that it issued (Reltio's page "Getting a Reltio Access Token from a Third Party IDP"). The page lists the
 * parameters under "Query"; we send them in the form body like all others.
 */
export function identityProviderGrant(idpSystem: string, username: string, secret: string): Grant {
  return { kind: 'password', form: { grant_type: 'password', username, password: secret, idp_system: idpSystem } };
}

/** Reltio's second step after the password, for an account with multi-factor authentication. */
export function oneTimeCodeGrant(stateToken: string, code: string): Grant {
  return { kind: 'oneTimeCode', form: { grant_type: 'state_token', state_token: stateToken, totp: code } };
}

/** RFC 6749 section 6. Accepted only from the client to which the refresh token was issued. */
export function refreshTokenGrant(refreshToken: string): Grant {
  return { kind: 'refreshToken', form: { grant_type: 'refresh_token', refresh_token: refreshToken } };
}
