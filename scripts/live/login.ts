import { authenticatedForm, type Client } from '../../src/core/oauth/client';
import {
  clientCredentialsGrant,
  oneTimeCodeGrant,
  passwordGrant,
  refreshTokenGrant,
  type Grant,
} from '../../src/core/oauth/grants';
import type { HttpRequest, HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';
import { parseJsonObject } from '../../src/core/base/json';

export type Answer = HttpResponse | TransportFailure;

/** What the person entered: kept in memory until the process ends, and nowhere else. */
export interface Credentials {
  readonly client: Client;
  /** Missing: the client signs in itself. */
  readonly user?: { readonly name: string; readonly password: string };
}

/** The tokens of one answer. */
export interface Pair {
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** As the server wrote it. */
  readonly expiresIn: unknown;
  /** Milliseconds since 1970. */
  readonly requestedAt: number;
}

export function signInRequest(server: string, { client, user }: Credentials): HttpRequest {
  const grant = user === undefined ? clientCredentialsGrant() : passwordGrant(user.name, user.password);
  return tokenRequest(server, client, grant);
}

export function codeRequest(server: string, client: Client, stateToken: string, code: string): HttpRequest {
  return tokenRequest(server, client, oneTimeCodeGrant(stateToken, code));
}

export function refreshRequest(server: string, client: Client, refreshToken: string): HttpRequest {
  return tokenRequest(server, client, refreshTokenGrant(refreshToken));
}

function tokenRequest(server: string, client: Client, { form }: Grant): HttpRequest {
  return { method: 'POST', url: `${server}/oauth/token`, ...authenticatedForm(client, form) };
}

/** A form that goes to another endpoint of the identity server, with or without the client. */
export function formRequest(
  server: string,
  path: '/oauth/checkToken' | '/oauth/revoke',
  client: Client | undefined,
  token: string,
): HttpRequest {
  return { method: 'POST', url: `${server}${path}`, ...authenticatedForm(client, { token }) };
}

/** Undefined if the answer has no access token. */
export function pairIn(answer: Answer, requestedAt: number): Pair | undefined {
  const json = answer.kind === 'response' && isSuccess(answer) ? parseJsonObject(answer.body) : undefined;
  const [accessToken, refreshToken] = [json?.['access_token'], json?.['refresh_token']];
  if (typeof accessToken !== 'string' || accessToken === '') return undefined;
  return {
    accessToken,
    ...(typeof refreshToken === 'string' && refreshToken !== '' ? { refreshToken } : {}),
    expiresIn: json?.['expires_in'],
    requestedAt,
  };
}

/** Set if the password was right and a one-time code is needed. */
export function stateTokenIn(answer: Answer): string | undefined {
  const json = answer.kind === 'response' && isSuccess(answer) ? parseJsonObject(answer.body) : undefined;
  const state = json?.['state_token'];
  const token = typeof state === 'object' && state !== null ? (state as Record<string, unknown>)['token'] : undefined;
  return typeof token === 'string' ? token : undefined;
}

export function isSuccess(answer: Answer): boolean {
  return answer.kind === 'response' && answer.status >= 200 && answer.status < 300;
}

/** A token that nobody was ever given, in the form that Reltio's pages show. */
export const madeUpToken = '00000000-0000-4000-8000-000000000000';
