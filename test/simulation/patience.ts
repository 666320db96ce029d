import type { HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';
import { retryAfterMs } from '../../src/core/oauth/retryAfter';
import type { Travel } from './network';
import type { Process } from './process';

/** The failures of a window since the last success. */
interface Failures {
  readonly inARow: number;
  readonly at: number;
  /** Whether the next request may be the replay of the one that failed, which keeps no distance. */
  mayReplay: boolean;
  /** Whether the request that is under way is one. */
  replays: 'no' | 'yes' | 'maybe';
}

/** The floors of DESIGN section 5 for the next attempt after failures in a row (milliseconds). */
const backOff = [1_000, 3_000, 7_000, 15_000, 60_000];
/** Within so much time a refused request is replayed (milliseconds). */
const replayWithin = 5_100;
/** A `Retry-After` above this is not waited for within a call (milliseconds). */
const longestReplayWait = 5_000;
/** So long before a failure a stop may still have moved what came after it (milliseconds). */
const shadow = 15_000;

/** Whether this refusal is answered with a replay (DESIGN section 5). */
function isReplayed({ status, headers }: HttpResponse): boolean {
  return status === 429 && (retryAfterMs(headers) ?? 0) <= longestReplayWait;
}

/**
 * Watches that a window leaves a server alone after a failure. Each refresh must keep the distance from the last
 * failure of its window: with one session there is one at a time.
 */
export class Patience {
  private readonly failures = new Map<Process, Failures>();

  /** Whether it is time for this refresh, which is being sent. */
  allows({ by, sentAt }: Travel): boolean {
    const last = this.failures.get(by);
    if (last === undefined) {
      return true;
    }
    const passed = sentAt - last.at;
    const floor = backOff[Math.min(last.inARow, backOff.length) - 1] ?? 0;
    const isExcused = by.wasStoppedSince(last.at - shadow) || by.machine.jumpedAt >= last.at;
    if (last.mayReplay) {
      last.mayReplay = false;
      last.replays = isExcused ? 'maybe' : passed <= replayWithin ? 'yes' : 'no'; // a stop draws out the pause
    } else {
      last.replays = 'no';
    }
    return isExcused || last.replays === 'yes' || passed >= floor - 1;
  }

  remember({ by, form }: Travel, result: HttpResponse | TransportFailure, now: number): void {
    const status = result.kind === 'response' ? result.status : 0;
    if (form['grant_type'] !== 'refresh_token' || (status > 0 && status < 500 && status !== 429)) {
      this.failures.delete(by);
      return;
    }
    const { inARow, replays } = this.failures.get(by) ?? { inARow: 0, replays: 'no' };
    this.failures.set(by, {
      inARow: inARow + (replays === 'no' ? 1 : 0),
      at: now,
      mayReplay: replays !== 'yes' && result.kind === 'response' && isReplayed(result),
      replays: 'no',
    });
  }

  /**
   * The person, a success elsewhere or a focused window has made the failures forgotten. A replay that is on its way comes
   * all the same, and is no new attempt.
   */
  forget(process: Process | 'every window'): void {
    for (const one of process === 'every window' ? [...this.failures.keys()] : [process]) {
      const last = this.failures.get(one);
      if (last !== undefined) {
        this.failures.set(one, { ...last, inARow: 0 });
      }
    }
  }
}
