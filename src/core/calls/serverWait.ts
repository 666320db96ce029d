/** The longest wait that a server may ask for: no header locks the user out for a day (milliseconds). */
export const longestRetryAfter = 300_000;

/** A call waits this long at most for its time to come (milliseconds). */
export const longestPatience = 5_000;
