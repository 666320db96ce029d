import { calculatePKCECodeChallenge, generateRandomCodeVerifier, generateRandomState } from 'oauth4webapi';

/** How a server names itself in its metadata and in callbacks (RFC 8414, RFC 9207). */
export interface Issuer {
  readonly issuer: string;
  /** Whether the server names itself in every callback. */
  readonly namesItself: boolean;
}

/** A sign-in in the browser that has begun: RFC 6749 section 4.1.1. Exists only while its box is open. */
export interface AuthorizationRequest {
  /** What the browser opens. Holds no secret. */
  readonly url: string;
  readonly redirectUri: string;
  /** Proves that a callback belongs to this request. */
  readonly state: string;
  /** RFC 7636: proves that the program that redeems the code also made the request. Undefined if the server does not offer it. */
  readonly codeVerifier: string | undefined;
  readonly issuer: Issuer;
}

export interface AuthorizationParts {
  /** The address of the sign-in page. */
  readonly endpoint: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly issuer: Issuer;
  readonly usesPkce: boolean;
  /** What else goes into the query. */
  readonly more: Readonly<Record<string, string>>;
}

/** Makes a request that cannot be guessed. The browser gets a new one each time that it is opened. */
export async function authorizationRequest(parts: AuthorizationParts): Promise<AuthorizationRequest> {
  const { endpoint, clientId, redirectUri, issuer, usesPkce, more } = parts;
  const state = generateRandomState();
  const codeVerifier = usesPkce ? generateRandomCodeVerifier() : undefined;
  const query = {
    ...more,
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state,
    ...(codeVerifier === undefined ? {} : await challengeOf(codeVerifier)),
  };
  const url = new URL(endpoint);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, value);
  }
  return { url: url.href, redirectUri, state, codeVerifier, issuer };
}

async function challengeOf(codeVerifier: string): Promise<Readonly<Record<string, string>>> {
  return { code_challenge: await calculatePKCECodeChallenge(codeVerifier), code_challenge_method: 'S256' };
}
