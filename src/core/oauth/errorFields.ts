import type { Json } from '../base/json';
import { blamedParty, type Party } from './blamedParty';

/**
 * How Reltio's API pages, its own back end and Spring say that an access token is not valid: "Invalid access token: …",
 * "Token is invalid: …", "Token was not recognised", "Token has expired". A text that only mentions the token ("Missing
 * access token") does not say so.
 */
const invalidToken =
  /\b(invalid|expired) access token\b|(?<!\brefresh )\btoken (is invalid|((is|has) )?expired|was not recogni[sz]ed)\b/i;

/** The values of these fields in an answer without an error. */
const noError: readonly unknown[] = [undefined, null, '', '0', 0, false];

/** Whether the answer reports an error. A successful answer may have these fields too. */
export function reportsError(json: Json): boolean {
  return [json['error'], json['errorCode'], json['errorMessage']].some((value) => !noError.includes(value));
}

/**
 * Whether the answer rejects the client. `unauthorized` (in Spring Boot's own page `Unauthorized`) does so only if its
 * text blames the client, mentions a missing authentication or says nothing.
 */
export function rejectsClient(json: Json): boolean {
  const error = errorName(json);
  return error === 'invalid_client' || (error === 'unauthorized' && ['client', 'unspecified'].includes(blamedBy(json)));
}

/** Which party the text of the answer blames. */
export function blamedBy(json: Json): Party {
  return blamedParty(errorText(json));
}

/** OAuth's `error` in lower case; empty if there is none. */
export function errorName(json: Json): string {
  return name(json['error']);
}

/** Whether the answer rejects the access token rather than the request. */
export function rejectsToken(json: Json): boolean {
  const names = [errorName(json), name(json['errorCode'])];
  return !rejectsClient(json) && (names.includes('invalid_token') || invalidToken.test(errorText(json)));
}

/** Only for matching, never shown: an error text may repeat the token that it rejects (docs/reltio.md, R11). */
export function errorText(json: Json): string {
  const fields = [json['error_description'], json['errorMessage'], json['errorDetailMessage'], json['message']];
  const texts = fields.filter((text) => typeof text === 'string');
  return texts.find((text) => blamedParty(text) !== 'unspecified') ?? '';
}

function name(value: unknown): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}
