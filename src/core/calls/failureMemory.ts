import type { Failure } from '../base/failure';
import { longestRetryAfter } from './serverWait';

/** Seconds before a caller's next call may try again, after the first, second, … failure in a row. */
const backOffSeconds = [1, 3, 7, 15, 60] as const;

/** A token that came back expired is no outage: the next one is due any moment, so at first it is requested every second. */
const quickTries = 10;

interface Remembered {
  readonly failure: Failure;
  readonly inARow: number;
  /** When the first failure in this row was. */
  readonly since: number;
  readonly recordedAt: number;
  readonly until: number;
}

/** What keeps an identity server from answering, for the user to see. */
export interface Outage {
  readonly failure: Failure;
  /** Milliseconds since 1970. */
  readonly since: number;
}

/**
 * Failures by identity server, or by client at an identity server. While one is remembered, callers are answered from
 * memory instead of by another request. It starts nothing by itself.
 */
export class FailureMemory {
  private readonly remembered = new Map<string, Remembered>();

  recall(key: string, now: number): Failure | undefined {
    const entry = this.remembered.get(key);
    // Before `recordedAt`: the clock was set back, and `until` may be days away.
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
   * Lets the next call try at once, because the user wants to. What is known of the outage stays, and so does a wait that
   * the server asked for: `CallLimits` keeps it.
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
