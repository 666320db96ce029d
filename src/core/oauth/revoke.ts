import { basicHeader, type Client } from './client';
import { errorName, errorText, rejectsClient, rejectsToken, saysError } from './errorFields';
import { classifyRefusal } from './errorResponse';
import { failedTransport, Failure } from '../base/failure';
import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from './httpClient';
import { parseJsonObject } from '../base/json';

/** A text that names a parameter is short (characters). */
const longestText = 1_000;

/**
 * Ends a token at the identity server. Revoking a refresh token ends its access token too (Reltio's auth API FAQ), and
 * with it the sign-in of every other tool that was handed the same token.
 *
 * Reltio's page prints the token in the query string. We send it in the form body (RFC 7009). The printed form follows
 * only where a server of Reltio itself says that the parameter is missing, and through our own client only: an address
 * ends in logs.
 *
 * @throws {Failure} when the token may still be valid
 */
export async function revoke(
  http: HttpClient,
  identityServer: string,
  client: Client | undefined,
  token: string,
  signal: AbortSignal,
): Promise<void> {
  const { host } = new URL(identityServer);
  const form = new URLSearchParams({ token }).toString();
  const send = (request: Pick<HttpRequest, 'url' | 'body' | 'secretInUrl'>): Promise<HttpResponse | TransportFailure> =>
    http.send(
      {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          accept: 'application/json',
          ...(client === undefined ? {} : { authorization: basicHeader(client) }),
        },
        ...request,
      },
      signal,
    );

  const url = `${identityServer}/oauth/revoke`;
  let answer = await send({ url, body: form });
  if (answer.kind === 'failure') {
    throw failedTransport(host, answer);
  }
  if (isReltio(identityServer) && saysTokenIsMissing(answer)) {
    const second = await send({ url: `${url}?${form}`, body: '', secretInUrl: true });
    // Our own client knows no PAC file and no proxy of the system: where only those lead out, the refusal stands.
    answer = second.kind === 'failure' ? answer : second;
  }
  if (isAlreadyDead(answer)) {
    return;
  }
  if (answer.status >= 200 && answer.status < 300) {
    refuseOtherSuccess(host, answer);
    return;
  }
  const code = classifyRefusal('refreshToken', answer.status, answer.body, answer.headers);
  if (code !== 'refreshTokenRejected') {
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

/** Not every host that a person trusts: a token in an address is a risk that Reltio's own page takes. */
function isReltio(identityServer: string): boolean {
  const { protocol, hostname } = new URL(identityServer);
  return protocol === 'https:' && (hostname === 'reltio.com' || hostname.endsWith('.reltio.com'));
}

/** As an identity server says it, in JSON: a page that something on the way answers with is not asked. */
function saysTokenIsMissing({ status, body }: HttpResponse): boolean {
  const json = status === 400 ? parseJsonObject(body) : undefined;
  if (json === undefined || errorName(json) !== 'invalid_request') {
    return false;
  }
  const text = errorText(json).slice(0, longestText);
  return /\bparameters?\b/i.test(text) && /\btoken\b/i.test(text) && /\b(missing|required|not present)\b/i.test(text);
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
