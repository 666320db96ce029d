/** The longest `Retry-After` that is obeyed, so that no header locks the user out for a day (milliseconds). */
export const longestRetryAfter = 300_000;

/** The longest that one call waits until it may be sent (milliseconds). */
export const longestPatience = 5_000;
