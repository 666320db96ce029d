import { asJson, authenticatedForm, type Client } from './client';
import { classifyRefusal } from './errorResponse';
import { failedTransport, Failure } from '../base/failure';
import type { Grant } from './grants';
import type { HttpClient, HttpResponse } from './httpClient';
import { parseJsonObject } from '../base/json';
import { retryAfterMs } from './retryAfter';
import { parseTokenResponse, type GrantedToken, type OneTimeCodeNeeded } from './tokenResponse';

/**
 * One call to `/oauth/token`, or to the token endpoint of a login page. Sends exactly one request and retries nothing.
 *
 * @param identityServer origin, such as `https://auth.reltio.com`
 * @throws {Failure} why there is no token
 */
export async function requestToken(
  http: HttpClient,
  identityServer: string,
  client: Client,
  grant: Grant,
  signal: AbortSignal,
): Promise<GrantedToken | OneTimeCodeNeeded> {
  const { form, jsonEndpoint } = grant;
  const url = jsonEndpoint ?? `${identityServer}/oauth/token`;
  const { host } = new URL(url);
  const answer = await http.send(
    {
      method: 'POST',
      url,
      ...(jsonEndpoint === undefined ? authenticatedForm(client, form) : asJson(authenticatedForm(client, form))),
      ...(grant.startsSignIn === true ? { signsIn: true } : {}),
    },
    signal,
  );
  if (answer.kind === 'failure') {
    throw failedTransport(host, answer);
  }
  return readAnswer(grant.kind, host, answer);
}

function readAnswer(
  grant: Grant['kind'],
  host: string,
  { status, headers, body }: HttpResponse,
): GrantedToken | OneTimeCodeNeeded {
  if (status < 200 || status >= 300) {
    const wait = retryAfterMs(headers);
    const code = classifyRefusal(grant, status, body, headers);
    throw new Failure(code, { host, status, ...(wait === undefined ? {} : { retryAfterMs: wait }) });
  }
  const json = parseJsonObject(body);
  if (json === undefined) {
    throw new Failure('notReltio', { host, status });
  }
  const token = parseTokenResponse(json);
  if (token === undefined) {
    throw new Failure('badAnswer', { host, status });
  }
  return token;
}
