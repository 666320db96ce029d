/** One request to the token endpoint: its form body, and the kind, which decides what an error response means. */
export interface Grant {
  readonly kind: 'password' | 'refreshToken' | 'oneTimeCode' | 'clientCredentials' | 'authorizationCode';
  /** Sent as the form body, never in the URL: URLs end up in logs. */
  readonly form: Readonly<Record<string, string>>;
  /** Where it is sent, as JSON: a login page does not take forms. Missing: to the identity server, as a form. */
  readonly jsonEndpoint?: string;
  /** It begins a sign-in: then a server on this machine need not be the one of the last sign-in. */
  readonly startsSignIn?: true;
}

interface GrantTraits {
  /** It is not sent again after 429: a password is sent once for each press of Enter, and a code is accepted once. */
  readonly isSentOnce?: true;
  /** Only clients that customers create themselves use it, and these may expect their secret in the body (docs/reltio.md, R16). */
  readonly isForOwnClients?: true;
  /** A client has a quota of such tokens, and the answer may not say that it is used up (docs/reltio.md, R17). */
  readonly hasQuota?: true;
}

/** What else depends on the kind of a grant. */
export const grantTraits: Readonly<Record<Grant['kind'], GrantTraits>> = {
  password: { isSentOnce: true },
  oneTimeCode: {},
  refreshToken: {},
  clientCredentials: { isForOwnClients: true, hasQuota: true },
  authorizationCode: { isSentOnce: true, isForOwnClients: true },
};

/** RFC 6749 section 4.3: the user's own Reltio password. */
export function passwordGrant(username: string, password: string): Grant {
  return { kind: 'password', form: { grant_type: 'password', username, password }, startsSignIn: true };
}

/**
 * The password grant with Reltio's `idp_system`: `secret` is the password at that identity provider, or an access token
 * of several KB that it issued (Reltio's page "Getting a Reltio Access Token from a Third Party IDP"). The page lists the
 * parameters under "Query"; we send them in the form body like all others.
 */
export function identityProviderGrant(idpSystem: string, username: string, secret: string): Grant {
  const form = { grant_type: 'password', username, password: secret, idp_system: idpSystem };
  return { kind: 'password', form, startsSignIn: true };
}

/** Reltio's second step after the password, for an account with multi-factor authentication. */
export function oneTimeCodeGrant(stateToken: string, code: string): Grant {
  return { kind: 'oneTimeCode', form: { grant_type: 'state_token', state_token: stateToken, totp: code } };
}

/** RFC 6749 section 6. Accepted only from the client to which the refresh token was issued. */
export function refreshTokenGrant(refreshToken: string): Grant {
  return { kind: 'refreshToken', form: { grant_type: 'refresh_token', refresh_token: refreshToken } };
}

/**
 * RFC 6749 section 4.4: the client's own id and secret are all that is needed. The same request begins a sign-in and gets
 * the next token of a session.
 */
export function clientCredentialsGrant(): Grant {
  return { kind: 'clientCredentials', form: { grant_type: 'client_credentials' } };
}

/** What the browser brought back, and what the exchange has to repeat of the request that sent the user there. */
export interface AuthorizationCode {
  readonly code: string;
  readonly redirectUri: string;
  /** RFC 7636; only if the request contained a challenge. */
  readonly codeVerifier?: string;
  /** The login page's own token endpoint, if the code is from there: the identity server does not accept it. */
  readonly jsonEndpoint?: string;
}

/** RFC 6749 section 4.1.3. A code is accepted once, and soon expires. */
export function authorizationCodeGrant({ code, redirectUri, codeVerifier, jsonEndpoint }: AuthorizationCode): Grant {
  return {
    kind: 'authorizationCode',
    ...(jsonEndpoint === undefined ? {} : { jsonEndpoint }),
    form: {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(codeVerifier === undefined ? {} : { code_verifier: codeVerifier }),
    },
    startsSignIn: true,
  };
}
