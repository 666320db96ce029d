import type { Failure } from '../base/failure';
import { longestRetryAfter } from './serverWait';

/** Seconds before a caller's next call may try again, after the first, second, … failure in a row. */
const backOffSeconds = [1, 3, 7, 15, 60] as const;

/**
 * A refresh that returned an expired token is not an outage: a new token is due any moment, so the first retries come
 * every second.
 */
const quickTries = 10;

interface Remembered {
  readonly failure: Failure;
  readonly inARow: number;
  /** When the first of these failures happened. */
  readonly since: number;
  readonly recordedAt: number;
  readonly until: number;
}

/** What keeps sessions from being refreshed, as shown to the user. */
export interface Outage {
  readonly failure: Failure;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/**
 * The last failure of each identity server, client or session. During the back-off, callers get this failure instead of
 * another request. Starts no requests itself.
 */
export class FailureMemory {
  private readonly remembered = new Map<string, Remembered>();

  recall(key: string, now: number): Failure | undefined {
    const entry = this.remembered.get(key);
    // If it is before `recordedAt`, the clock was set back, and `until` may be days away.
    return entry !== undefined && now >= entry.recordedAt && now < entry.until ? entry.failure : undefined;
  }

  /** The last failure, until something succeeds, whether or not it is time to try again. */
  outage(key: string): Outage | undefined {
    return this.remembered.get(key);
  }

  record(key: string, failure: Failure, now: number): void {
    const before = this.remembered.get(key);
    const inARow = (before?.inARow ?? 0) + 1;
    const step = failure.code === 'tokenUnchanged' ? Math.max(inARow - quickTries, 1) : inARow;
    const seconds = backOffSeconds[Math.min(step, backOffSeconds.length) - 1] ?? 60;
    const wait = Math.max(seconds * 1000, Math.min(failure.retryAfterMs ?? 0, longestRetryAfter));
    this.remembered.set(key, {
      failure,
      inARow,
      since: before?.since ?? now,
      recordedAt: now,
      until: now + wait,
    });
  }

  /**
   * Ends the back-off: the next call may try at once. The outage stays known, and a wait that the server asked for
   * still applies: `CallLimits` keeps it.
   */
  forgive(key: string): void {
    const entry = this.remembered.get(key);
    if (entry !== undefined) {
      this.remembered.set(key, { ...entry, inARow: 0, until: entry.recordedAt });
    }
  }

  forgiveAll(): void {
    [...this.remembered.keys()].forEach((key) => {
      this.forgive(key);
    });
  }

  /** After a success. */
  clear(key: string): void {
    this.remembered.delete(key);
  }
}
