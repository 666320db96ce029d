const httpDate = /^[A-Z][a-z]+, \d\d[ -].* GMT$/;

/** A longer wait is a mistake of the server, and may not even be a valid date (milliseconds). */
const maxWait = 7 * 24 * 3_600_000;

/**
 * The `Retry-After` header as milliseconds, 0 to a week (RFC 9110 section 10.2.3: seconds or a date). A date is
 * measured against the server's own `Date` header, because its clock may differ from ours. Undefined if it cannot be
 * read.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>): number | undefined {
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') {
    return undefined;
  }
  if (/^\d+(\.\d+)?$/.test(value)) {
    return Math.min(Math.ceil(Number(value) * 1000), maxWait);
  }
  if (!httpDate.test(value)) {
    return undefined; // Date.parse finds a date in "-5" and "retry 5"
  }
  const wait = Date.parse(value) - Date.parse(headers['date'] ?? '');
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), maxWait);
}
