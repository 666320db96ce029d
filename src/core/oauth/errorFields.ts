import { blamedParty, type Party } from './blamedParty';

/** A JSON object that may tell of an error: OAuth's `error` with its description, or Reltio's `errorCode` and `errorMessage`. */
type Json = Readonly<Record<string, unknown>>;

/**
 * How Reltio's API pages, its own back end and the framework below say that an access token is over: "Invalid access
 * token: …", "Token is invalid: …", "Token was not recognised", "Token has expired". A text that only names the token
 * ("Missing access token") is no such verdict.
 */
const tokenIsOver =
  /\b(invalid|expired) access token\b|(?<!\brefresh )\btoken (is invalid|((is|has) )?expired|was not recogni[sz]ed)\b/i;

/** What a good answer fills these fields with. */
const noError: readonly unknown[] = [undefined, null, '', '0', 0, false];

/** Whether the answer tells of an error. A good one may have these fields too. */
export function saysError(json: Json): boolean {
  return [json['error'], json['errorCode'], json['errorMessage']].some((value) => !noError.includes(value));
}

/**
 * Whether it is the client that is refused. `unauthorized` (in Spring Boot's own page `Unauthorized`) says so only where
 * its text blames the client, misses an authentication or says nothing.
 */
export function rejectsClient(json: Json): boolean {
  const error = errorName(json);
  return error === 'invalid_client' || (error === 'unauthorized' && ['client', 'unsaid'].includes(blamedBy(json)));
}

/** Whom the answer blames by its text. */
export function blamedBy(json: Json): Party {
  return blamedParty(errorText(json));
}

/** OAuth's `error`, without case; empty where there is none. */
export function errorName(json: Json): string {
  return name(json['error']);
}

/** Whether it is the access token that is refused: a verdict on the token, not on the question. */
export function rejectsToken(json: Json): boolean {
  const names = [errorName(json), name(json['errorCode'])];
  return !rejectsClient(json) && (names.includes('invalid_token') || tokenIsOver.test(errorText(json)));
}

/** Reltio's error texts repeat the token they refuse (facts 8.9): for looking into, never for showing. */
export function errorText(json: Json): string {
  const fields = [json['error_description'], json['errorMessage'], json['errorDetailMessage'], json['message']];
  const texts = fields.filter((text) => typeof text === 'string');
  return texts.find((text) => blamedParty(text) !== 'unsaid') ?? '';
}

function name(value: unknown): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}
