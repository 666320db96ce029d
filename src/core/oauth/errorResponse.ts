import { errorName, errorText, blamedBy, rejectsClient } from './errorFields';
import type { FailureCode } from '../base/failure';
import { grantTraits, type Grant } from './grants';
import { parseJsonObject, type Json } from '../base/json';
import type { Party } from './blamedParty';
import { reportsUsedUpQuota } from './usedUpQuota';

type Headers = Readonly<Record<string, string>>;

/**
 * What an answer without a token means. This is the only classification; docs/sessions.md shows it as a table.
 *
 * Only 400 `invalid_grant` and 401 `invalid_token` or "Invalid refresh token" reject a refresh token, unless the text
 * blames the account or the server. Every other answer is a temporary failure, which loses nothing.
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
  if (grantTraits[grant].hasQuota === true && reportsUsedUpQuota(status, body)) {
    return 'quotaUsedUp';
  }
  if (status === 400 || status === 401) {
    return classifyOAuthError(grant, status, body, headers);
  }
  if (status === 0 || (status >= 300 && status < 400)) {
    return 'redirected';
  }
  if (status === 511) {
    return 'notReltio'; // RFC 6585: the status that captive portals use
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
  if (grant === 'refreshToken' && rejectsRefreshToken(status, json, body)) {
    return 'refreshTokenRejected';
  }
  if (typeof json['error'] !== 'string') {
    return 'badAnswer';
  }
  if (rejectsClient(json)) {
    return 'clientRejected';
  }
  switch (errorName(json)) {
    case 'unauthorized_client':
    case 'unsupported_grant_type':
      return 'grantNotAllowed';
    case 'invalid_grant':
    case 'invalid_token':
    case 'unauthorized':
      return byBlamedParty[blamedBy(json)] ?? refusedSecret(grant, json);
    case 'access_denied':
      return 'forbidden';
    default:
      return grant === 'authorizationCode' && namesCode(json) ? 'signInCodeRejected' : 'requestRefused';
  }
}

/** Reltio's login page was seen to refuse a code with `invalid_request` (docs/reltio.md, R23). */
function namesCode({ error_description: text }: Json): boolean {
  return typeof text === 'string' && /\bauthorization code\b/i.test(text);
}

/** These mean the same for every grant: the password or token that was sent may be right. */
const byBlamedParty: Readonly<Partial<Record<Party, FailureCode>>> = {
  account: 'accountLocked',
  passwordExpired: 'passwordExpired',
  server: 'serverError',
};

/**
 * Our Basic header contains the client, so a server that asks for a Basic header rejects the client (RFC 6749 section
 * 5.2). A proxy would answer 407; the page of a guest network asks for nothing.
 */
function asksForBasic(headers: Headers): boolean {
  const unquoted = headers['www-authenticate']?.replace(/"(\\.|[^"\\])*"/g, '""') ?? '';
  return /(^|,)\s*basic(\s|,|$)/i.test(unquoted);
}

/**
 * Spring answers 400 for an unknown or revoked token and 401 for an expired one. Reltio's own tools accept both, and
 * look for the text of the 401 anywhere in its JSON. A locked account or a failing database has the same error names,
 * but is temporary.
 */
function rejectsRefreshToken(status: 400 | 401, json: Json, body: string): boolean {
  const saysSo = /\binvalid refresh token\b/i.test(body);
  const isDefinite = errorName(json) === (status === 400 ? 'invalid_grant' : 'invalid_token');
  return (status === 401 && saysSo) || (isDefinite && (saysSo || byBlamedParty[blamedBy(json)] === undefined));
}

/**
 * Reltio documents one text for all cases ("Invalid Username or Password"), under `invalid_grant`. `unauthorized` may
 * mean anything, so its text must name what was refused.
 */
function refusedSecret(grant: Grant['kind'], json: Json): FailureCode {
  const isAboutTheSecret = errorName(json) !== 'unauthorized';
  const text = errorText(json);
  switch (grant) {
    case 'refreshToken':
      return 'requestRefused';
    case 'oneTimeCode':
      if (/expired|state[ _]token/i.test(text)) {
        return 'codeExpired';
      }
      return isAboutTheSecret || /\b(code|totp|otp)\b/i.test(text) ? 'wrongCode' : 'requestRefused';
    case 'clientCredentials':
      return isAboutTheSecret ? 'clientRejected' : 'requestRefused'; // nothing else was sent
    case 'authorizationCode':
      return isAboutTheSecret ? 'signInCodeRejected' : 'requestRefused';
    case 'password':
      return isAboutTheSecret || blamedBy(json) === 'credentials' ? 'wrongPassword' : 'requestRefused';
  }
}
