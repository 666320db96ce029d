import { isFailure, type FailureCode } from '../../../src/core/base/failure';
import type { Process } from '../process';
import type { Report } from './report';

/** While the server is healthy, calls do not fail for longer than this (milliseconds). */
const longestFailure = 5_000;
/** A failure may be remembered, and a `Retry-After` respected, for this long (milliseconds). */
const faultEffect = 400_000;
/** A window that crashed or was suspended may keep the others waiting for this long (milliseconds). */
const disturbanceEffect = 60_000;
/** Failures that only a new sign-in can end. */
const needSignIn: ReadonlySet<FailureCode> = new Set(['signInAgain', 'pasteAgain', 'signedOut', 'tokenRejected']);

/** Calls do not keep failing while nothing is wrong. */
export class FailedCalls {
  private faultAt = -Infinity;
  /** Since when every call has failed, by window and session. */
  private readonly since = new Map<string, number>();

  constructor(private readonly report: Report) {}

  /** A request met a fault of the network or of the server. */
  fault(now: number): void {
    this.faultAt = now;
  }

  failed(by: Process, sessionId: string, error: unknown): void {
    const { machine } = by;
    const { now } = machine.scheduler;
    const key = `${by.name} ${sessionId}`;
    const isExcused =
      now - this.faultAt < faultEffect ||
      now - machine.disturbedUntil < disturbanceEffect ||
      (isFailure(error) && needSignIn.has(error.code));
    if (isExcused) {
      this.since.delete(key);
      return;
    }
    const since = this.since.get(key) ?? now;
    this.since.set(key, since);
    if (now - since > longestFailure) {
      this.report('calls failed for more than 5 s although the server is healthy');
    }
  }

  succeeded(by: Process, sessionId: string): void {
    this.since.delete(`${by.name} ${sessionId}`);
  }
}
