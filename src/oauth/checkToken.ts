import { basicHeader, type Client } from './client';
import { classifyRefusal } from './errorResponse';
import { Failure } from './failure';
import type { HttpClient } from './httpClient';
import { parseJsonObject } from './json';

/**
 * Whether the identity server considers an access token valid (`/oauth/checkToken`, Reltio's page "Obtain an
 * authorization code"). Sent as a form: the page prints it in the URL, and URLs end in logs.
 *
 * @throws {Failure} when there is no telling
 */
export async function checkToken(
  http: HttpClient,
  identityServer: string,
  client: Client,
  token: string,
  signal: AbortSignal,
): Promise<'valid' | 'notValid'> {
  const { host } = new URL(identityServer);
  const headers = {
    authorization: basicHeader(client),
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  const body = new URLSearchParams({ token }).toString();
  const answer = await http.send({ method: 'POST', url: `${identityServer}/oauth/checkToken`, headers, body }, signal);
  if (answer.kind === 'failure') {
    throw new Failure(answer.code, { host, ...(answer.nodeCode === undefined ? {} : { nodeCode: answer.nodeCode }) });
  }
  const json = parseJsonObject(answer.body);
  if (answer.status >= 200 && answer.status < 300) {
    if (json === undefined) {
      throw new Failure('notReltio', { host, status: answer.status });
    }
    return saysError(json) ? 'notValid' : 'valid';
  }
  // Reltio's own back end meets 400, 401 and 403 for a token that is over.
  if ([400, 401, 403].includes(answer.status) && isAboutToken(json)) {
    return 'notValid';
  }
  throw new Failure(classifyRefusal('refreshToken', answer.status, answer.body), { host, status: answer.status });
}

/** The body of a good answer has these fields too, empty or null. */
function saysError(json: Readonly<Record<string, unknown>>): boolean {
  return [json['error'], json['errorCode'], json['errorMessage']].some(
    (value) => value !== undefined && value !== null && value !== '',
  );
}

function isAboutToken(json: Readonly<Record<string, unknown>> | undefined): boolean {
  return json?.['error'] === 'invalid_token' || /access token|token was not recogni[sz]ed/i.test(text(json));
}

function text(json: Readonly<Record<string, unknown>> | undefined): string {
  const description = json?.['error_description'] ?? json?.['errorMessage'];
  return typeof description === 'string' ? description : '';
}
