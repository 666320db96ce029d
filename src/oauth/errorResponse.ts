import { rejectsClient } from './errorFields';
import type { FailureCode } from './failure';
import type { Grant } from './grant';
import { parseJsonObject } from './json';

type Headers = Readonly<Record<string, string>>;

/**
 * What an answer other than a token means: the one classification table (`docs/sessions.md` prints it).
 *
 * A refresh token counts as dead on 400 `invalid_grant` and on 401 `invalid_token` or "Invalid refresh token" only; all
 * that is not listed is weather, which loses nothing.
 *
 * @param status HTTP status, 0 for an opaque redirect
 * @param headers names in lower case
 * @see RFC 6749 section 5.2; Reltio's `TokenResponseError`
 */
export function classifyRefusal(
  grant: Grant['kind'],
  status: number,
  body: string,
  headers: Headers = {},
): FailureCode {
  if (status === 400 || status === 401) {
    return classifyOAuthError(grant, status, body, headers);
  }
  if (status === 0 || (status >= 300 && status < 400)) {
    return 'redirected';
  }
  if (status === 511) {
    return 'notReltio'; // RFC 6585: a captive portal says so itself
  }
  if (status >= 500) {
    return 'serverError';
  }
  switch (status) {
    case 403:
      return 'forbidden';
    case 404:
    case 405:
    case 410:
      return 'noTokenEndpoint';
    case 407:
      return 'proxy';
    case 408:
      return 'timeout';
    case 429:
      return 'rateLimited';
    default:
      return 'requestRefused';
  }
}

function classifyOAuthError(grant: Grant['kind'], status: 400 | 401, body: string, headers: Headers): FailureCode {
  const json = parseJsonObject(body);
  if (json === undefined) {
    return status === 401 && asksForBasic(headers) ? 'clientRejected' : 'notReltio';
  }
  const error = json['error'];
  if (grant === 'refreshToken' && isDeadRefreshToken(status, error, body)) {
    return 'refreshTokenDead';
  }
  if (typeof error !== 'string') {
    return 'badAnswer';
  }
  if (rejectsClient(json)) {
    return 'clientRejected';
  }
  const description = typeof json['error_description'] === 'string' ? json['error_description'] : '';
  switch (error) {
    case 'unauthorized_client':
    case 'unsupported_grant_type':
      return 'grantNotAllowed';
    case 'invalid_grant':
    case 'invalid_token':
      return grant === 'refreshToken' ? 'requestRefused' : refusedPerson(grant, description);
    case 'access_denied':
      return 'forbidden';
    default:
      return 'requestRefused';
  }
}

/**
 * Our Basic header carries the client, so a server that asks for another does not like it (RFC 6749 section 5.2). A proxy
 * would say 407; the page of a guest network asks for nothing.
 */
function asksForBasic(headers: Headers): boolean {
  const unquoted = headers['www-authenticate']?.replace(/"(\\.|[^"\\])*"/g, '""') ?? '';
  return /(^|,)\s*basic(\s|,|$)/i.test(unquoted);
}

/**
 * Spring answers 400 for an unknown or revoked token and 401 for an expired one; Reltio's own tools accept both, and
 * look for the text of the 401 anywhere in its JSON.
 */
function isDeadRefreshToken(status: 400 | 401, error: unknown, body: string): boolean {
  return status === 400 ? error === 'invalid_grant' : error === 'invalid_token' || /invalid refresh token/i.test(body);
}

/**
 * Reltio documents one text for all ("Invalid Username or Password"). Where the framework below tells more, the reason
 * is recognised by its word: trying further passwords is then useless or harmful.
 */
function refusedPerson(grant: 'password' | 'oneTimeCode', description: string): FailureCode {
  if (/\b(locked|disabled|blocked|inactive)\b/i.test(description)) {
    return 'accountLocked';
  }
  if (grant === 'oneTimeCode') {
    return /expired|state[ _]token/i.test(description) ? 'codeExpired' : 'wrongCode';
  }
  return /\bexpired\b/i.test(description) ? 'passwordExpired' : 'wrongPassword';
}
