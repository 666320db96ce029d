import type { Failure } from '../oauth/failure';

/** Seconds before somebody's next call may try again, after the first, second, … failure in a row. */
const backOffSeconds = [1, 3, 7, 15, 60] as const;

/** What a server may ask us to wait at most (milliseconds). */
const longestRetryAfter = 300_000;

interface Remembered {
  readonly failure: Failure;
  readonly inARow: number;
  readonly since: number;
  readonly until: number;
}

/**
 * Failures by identity server, or by client at an identity server. While one is remembered, callers are answered from
 * here at once instead of asking again. It starts nothing by itself.
 */
export class FailureMemory {
  private readonly remembered = new Map<string, Remembered>();

  recall(key: string, now: number): Failure | undefined {
    const entry = this.remembered.get(key);
    // Before `since`: the clock was set back, and `until` may be days away.
    return entry !== undefined && now >= entry.since && now < entry.until ? entry.failure : undefined;
  }

  record(key: string, failure: Failure, now: number): void {
    const inARow = (this.remembered.get(key)?.inARow ?? 0) + 1;
    const seconds = backOffSeconds[Math.min(inARow, backOffSeconds.length) - 1] ?? 60;
    const wait = Math.max(seconds * 1000, Math.min(failure.retryAfterMs ?? 0, longestRetryAfter));
    this.remembered.set(key, { failure, inARow, since: now, until: now + wait });
  }

  /** After a success, or because the person wants to try now. */
  clear(key: string): void {
    this.remembered.delete(key);
  }

  clearAll(): void {
    this.remembered.clear();
  }
}
