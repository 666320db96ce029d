import { parseJsonObject } from '../base/json';
import { errorName, errorText } from './errorFields';

/** 429 is the likely one. An error inside the server may have any text, so 5xx is not among them. */
const statuses: readonly number[] = [400, 401, 403, 409, 422, 429];

const usedUp =
  /\b(limit|quota|maximum)\b.*\b(exceeded|reached|used up)\b|\b(exceed(s|ed|ing)?|reached|too many)\b.*\b(limit|quota|tokens)\b/i;

/** The number of requests a second is limited too, and that limit passes within seconds. */
const pace = /\b(rates?|requests?|attempts?|calls?|logins?)\b/i;

/** Only the beginning of a text is read: it says what the text is about (characters). */
const maxTextLength = 1_000;

/**
 * Whether the answer declines a token because a client has as many as it may have. Reltio's page "Multi Token Support"
 * mentions a message that the limit is exceeded, and shows neither its status nor its text (docs/reltio.md, R17).
 */
export function reportsUsedUpQuota(status: number, body: string): boolean {
  const json = statuses.includes(status) ? parseJsonObject(body) : undefined;
  if (json === undefined) {
    return false;
  }
  const text = errorText(json).slice(0, maxTextLength);
  const name = errorName(json).slice(0, maxTextLength).replace(/_/g, ' ');
  return pace.test(text) ? false : usedUp.test(text) || (usedUp.test(name) && !pace.test(name));
}
