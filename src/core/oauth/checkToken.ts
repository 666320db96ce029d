import { authenticatedForm, type Client } from './client';
import { rejectsClient, rejectsToken, reportsError } from './errorFields';
import { classifyRefusal } from './errorResponse';
import { failedTransport, Failure } from '../base/failure';
import type { HttpClient, HttpResponse } from './httpClient';
import { parseJsonObject } from '../base/json';
import { tokenInfo, type TokenInfo } from './tokenInfo';

/**
 * What the identity server says of an access token (`/oauth/checkToken`, Reltio's page "Obtain an authorization code").
 * Sent as a form, although the page shows it in the URL: URLs end up in logs.
 *
 * @param startedAt when the request is sent, milliseconds since 1970
 * @returns whose token it is, or `notValid`
 * @throws {Failure} if the answer does not say
 */
export async function checkToken(
  http: HttpClient,
  identityServer: string,
  client: Client,
  token: string,
  signal: AbortSignal,
  startedAt: number,
): Promise<TokenInfo | 'notValid'> {
  const { host } = new URL(identityServer);
  const url = `${identityServer}/oauth/checkToken`;
  const answer = await http.send({ method: 'POST', url, ...authenticatedForm(client, { token }) }, signal);
  if (answer.kind === 'failure') {
    throw failedTransport(host, answer);
  }
  return verdict(answer, host, startedAt);
}

function verdict({ status, headers, body }: HttpResponse, host: string, startedAt: number): TokenInfo | 'notValid' {
  const json = parseJsonObject(body);
  if (status >= 200 && status < 300) {
    if (json === undefined) {
      throw new Failure('notReltio', { host, status });
    }
    if (reportsError(json)) {
      if (rejectsToken(json) || (!rejectsClient(json) && isNumber401(json['errorCode']))) {
        return 'notValid';
      }
      throw new Failure('badAnswer', { host, status }); // a temporary failure, such as Reltio's 2001 "Internal application error."
    }
    // `active` as in RFC 7662 section 2.2
    return json['active'] === false ? 'notValid' : tokenInfo(json, startedAt, headers['date']);
  }
  // Reltio's own back end receives 400, 401 and 403 for a token that is not valid.
  if ([400, 401, 403].includes(status) && json !== undefined) {
    if (rejectsClient(json)) {
      throw new Failure('clientRejected', { host, status });
    }
    if (rejectsToken(json)) {
      return 'notValid';
    }
  }
  const code = classifyRefusal('refreshToken', status, body, headers);
  // No refresh token was sent, so none was rejected.
  throw new Failure(code === 'refreshTokenRejected' ? 'badAnswer' : code, { host, status });
}

/** Compares without converting: converting a value of a hostile answer to a string may throw. */
function isNumber401(errorCode: unknown): boolean {
  return errorCode === 401 || errorCode === '401';
}
