import { basicHeader, type Client } from './client';
import { errorText, rejectsClient, rejectsToken, saysError } from './errorFields';
import { classifyRefusal } from './errorResponse';
import { failedTransport, Failure } from './failure';
import type { HttpClient, HttpResponse } from './httpClient';
import { parseJsonObject } from './json';

/**
 * Ends a token at the identity server. Revoking a refresh token ends its access token too (Reltio's auth API FAQ), and
 * with it the sign-in of every other tool that was handed the same token.
 *
 * Reltio's page prints the token in the query string. We send it in the form body (RFC 7009), and fall back to the
 * printed form only when the server says that the parameter is missing: a URL ends in logs.
 *
 * @throws {Failure} when the token may still be alive
 */
export async function revoke(
  http: HttpClient,
  identityServer: string,
  client: Client | undefined,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const host = new URL(identityServer).host;
  const body = new URLSearchParams({ token }).toString();
  const send = async (url: string, form: string): Promise<HttpResponse> => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
      ...(client === undefined ? {} : { authorization: basicHeader(client) }),
    };
    const answer = await http.send({ method: 'POST', url, headers, body: form }, signal);
    if (answer.kind === 'failure') {
      throw failedTransport(host, answer);
    }
    return answer;
  };

  let answer = await send(`${identityServer}/oauth/revoke`, body);
  if (answer.status === 400 && saysTokenIsMissing(answer.body)) {
    answer = await send(`${identityServer}/oauth/revoke?${body}`, '');
  }
  if (isAlreadyDead(answer)) {
    return;
  }
  if (answer.status >= 200 && answer.status < 300) {
    refuseOtherSuccess(host, answer);
    return;
  }
  const code = classifyRefusal('refreshToken', answer.status, answer.body, answer.headers);
  if (code !== 'refreshTokenDead') {
    throw new Failure(code, { host, status: answer.status });
  }
}

/** What Reltio says of a token that it does not know is not documented; RFC 7009 section 2.2 calls it a success. */
function isAlreadyDead({ status, body }: HttpResponse): boolean {
  const json = parseJsonObject(body);
  const mayBe = (status >= 200 && status < 300) || status === 400 || status === 401;
  if (!mayBe || json === undefined || rejectsClient(json)) {
    return false;
  }
  return rejectsToken(json) || /\binvalid refresh token\b/i.test(errorText(json));
}

function saysTokenIsMissing(body: string): boolean {
  return /\bparameters?\b/i.test(body) && /\btoken\b/i.test(body) && /\b(missing|required|not present)\b/i.test(body);
}

/** A captive portal answers 200 too; then the token is alive. RFC 7009 allows an empty body. */
function refuseOtherSuccess(host: string, { status, body }: HttpResponse): void {
  const json = parseJsonObject(body);
  if (json === undefined && body.trim() !== '') {
    throw new Failure('notReltio', { host, status });
  }
  if (json !== undefined && (saysError(json) || (json['status'] ?? 'success') !== 'success')) {
    throw new Failure('badAnswer', { host, status });
  }
}
