import { asJson, authenticatedForm, type Client } from './client';
import { failedTransport, Failure, type FailureCode } from '../base/failure';
import type { Grant } from './grants';
import type { HttpClient, HttpResponse } from './httpClient';
import { parseJsonObject } from '../base/json';
import { retryAfterMs } from './retryAfter';
import { parseTokenResponse, type GrantedToken, type OneTimeCodeNeeded } from './tokenResponse';

/** Most windows never get a refusal, so what it means is loaded with the first one. */
export type LoadErrorResponse = () => Promise<Pick<typeof import('./errorResponse'), 'classifyRefusal'>>;

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
  loadErrorResponse: LoadErrorResponse = () => import('./errorResponse'),
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
  if (answer.status < 200 || answer.status >= 300) {
    throw await refusal(grant.kind, host, answer, loadErrorResponse);
  }
  return readAnswer(host, answer);
}

async function refusal(
  grant: Grant['kind'],
  host: string,
  { status, body, headers }: HttpResponse,
  load: LoadErrorResponse,
): Promise<Failure> {
  const wait = retryAfterMs(headers);
  const { classifyRefusal } = await load().catch(unclassified);
  const code = classifyRefusal(grant, status, body, headers);
  return new Failure(code, { host, status, ...(wait === undefined ? {} : { retryAfterMs: wait }) });
}

/** VS Code deletes the files of an old version while windows still use it. Then no refusal counts as definite. */
function unclassified(): { readonly classifyRefusal: () => FailureCode } {
  return { classifyRefusal: () => 'requestRefused' };
}

function readAnswer(host: string, { status, body }: HttpResponse): GrantedToken | OneTimeCodeNeeded {
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
