import { authenticatedForm, type Client } from './client';
import { errorName, errorText, rejectsClient, rejectsToken, reportsError } from './errorFields';
import { classifyRefusal } from './errorResponse';
import { failedTransport, Failure } from '../base/failure';
import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from './httpClient';
import { parseJsonObject } from '../base/json';

/** A text that names a parameter is short (characters). */
const maxTextLength = 1_000;

/**
 * Revokes a token at the identity server. Revoking a refresh token revokes its access token too (Reltio's auth API
 * FAQ), and signs out every other tool that received the same token.
 *
 * Reltio's page shows the token in the query string. We send it in the form body (RFC 7009). The query string is used
 * only if one of Reltio's own servers answers that the parameter is missing, and only through our own client: URLs end
 * up in logs.
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
  const send = (
    form: Readonly<Record<string, string>>,
    where: Pick<HttpRequest, 'url' | 'secretInUrl'>,
  ): Promise<HttpResponse | TransportFailure> =>
    http.send({ method: 'POST', ...authenticatedForm(client, form), ...where }, signal);

  const url = `${identityServer}/oauth/revoke`;
  let answer = await send({ token }, { url });
  if (answer.kind === 'failure') {
    throw failedTransport(host, answer);
  }
  if (isReltio(identityServer) && reportsMissingToken(answer)) {
    const query = new URLSearchParams({ token }).toString();
    const second = await send({}, { url: `${url}?${query}`, secretInUrl: true });
    // Our own client supports neither PAC files nor the system's proxy: if these are needed, the first answer counts.
    answer = second.kind === 'failure' ? answer : second;
  }
  if (isAlreadyInvalid(answer)) {
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

/** Reltio does not document its answer to an unknown token; RFC 7009 section 2.2 makes it a success. */
function isAlreadyInvalid({ status, body }: HttpResponse): boolean {
  const json = parseJsonObject(body);
  const mayBe = (status >= 200 && status < 300) || status === 400 || status === 401;
  if (!mayBe || json === undefined || rejectsClient(json)) {
    return false;
  }
  return rejectsToken(json) || /\binvalid refresh token\b/i.test(errorText(json));
}

/** Not every trusted host: only Reltio's own page accepts the risk of a token in a URL. */
function isReltio(identityServer: string): boolean {
  const { protocol, hostname } = new URL(identityServer);
  return protocol === 'https:' && (hostname === 'reltio.com' || hostname.endsWith('.reltio.com'));
}

/** Only a JSON answer counts, not the page of a proxy or gateway in between. */
function reportsMissingToken({ status, body }: HttpResponse): boolean {
  const json = status === 400 ? parseJsonObject(body) : undefined;
  if (json === undefined || errorName(json) !== 'invalid_request') {
    return false;
  }
  const text = errorText(json).slice(0, maxTextLength);
  return /\bparameters?\b/i.test(text) && /\btoken\b/i.test(text) && /\b(missing|required|not present)\b/i.test(text);
}

/** A captive portal answers 200 too, and then the token is still valid. RFC 7009 allows an empty body. */
function refuseOtherSuccess(host: string, { status, body }: HttpResponse): void {
  const json = parseJsonObject(body);
  if (json === undefined && body.trim() !== '') {
    throw new Failure('notReltio', { host, status });
  }
  if (json !== undefined && (reportsError(json) || (json['status'] ?? 'success') !== 'success')) {
    throw new Failure('badAnswer', { host, status });
  }
}
