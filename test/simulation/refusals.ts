import { isFailure, type FailureCode } from '../../src/core/base/failure';
import type { Process } from './process';

/** With a server that is well, nobody is refused for longer (milliseconds). */
const longestRefusal = 5_000;
/** A failure may be remembered, and a `Retry-After` heeded, for so long (milliseconds). */
const shadowOfFaults = 400_000;
/** A window that died or was stopped may have kept the others waiting (milliseconds). */
const shadowOfDisturbance = 60_000;
/** What only a new sign-in mends. */
const definite: ReadonlySet<FailureCode> = new Set(['signInAgain', 'signedOut', 'tokenRejected']);

/** Watches that callers are not refused for long while nothing is wrong. */
export class Refusals {
  private faultAt = -Infinity;
  /** Since when, by window and session, every call has been refused. */
  private readonly since = new Map<string, number>();

  /** Something went wrong on the way. */
  fault(now: number): void {
    this.faultAt = now;
  }

  /** Whether this refusal is one too many. */
  isTooLong(by: Process, sessionId: string, error: unknown): boolean {
    const { machine } = by;
    const { now } = machine.scheduler;
    const key = `${by.name} ${sessionId}`;
    const isExcused =
      now - this.faultAt < shadowOfFaults ||
      now - machine.disturbedUntil < shadowOfDisturbance ||
      (isFailure(error) && definite.has(error.code));
    if (isExcused) {
      this.since.delete(key);
      return false;
    }
    const since = this.since.get(key) ?? now;
    this.since.set(key, since);
    return now - since > longestRefusal;
  }

  answered(by: Process, sessionId: string): void {
    this.since.delete(`${by.name} ${sessionId}`);
  }
}
