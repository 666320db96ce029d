import type { HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import { retryAfterMs } from '../../../src/core/oauth/retryAfter';
import { isRefresh, type SentRequest } from '../sentRequest';
import type { Process } from '../process';
import type { Report } from './report';

/** The failures of a window since its last success. */
interface Failures {
  readonly count: number;
  readonly at: number;
  /** Whether the next request may be the replay of the one that failed. A replay does not wait for the back-off. */
  mayReplay: boolean;
  /** Whether the request in flight is a replay. */
  isReplay: 'no' | 'yes' | 'maybe';
}

/** The shortest delay before the next attempt after so many failures (milliseconds); see docs/sessions.md. */
const shortestDelays = [1_000, 3_000, 7_000, 15_000, 60_000];
/** A replay is sent within this time (milliseconds). */
const replayWithin = 5_100;
/** A call does not wait for a `Retry-After` above this (milliseconds). */
const longestReplayWait = 5_000;
/** A suspension this long before a failure may still have delayed what came after it (milliseconds). */
const suspensionEffect = 15_000;

/**
 * After a failure, a window leaves the server alone until its back-off has passed. The rule measures from the last
 * failure of the window, so it holds for one session: then there is one refresh at a time.
 */
export class BackOff {
  private readonly failures = new Map<Process, Failures>();

  constructor(private readonly report: Report) {}

  sent({ by, sentAt }: SentRequest): void {
    const last = this.failures.get(by);
    if (last === undefined) {
      return;
    }
    const passed = sentAt - last.at;
    const delay = shortestDelays[Math.min(last.count, shortestDelays.length) - 1] ?? 0;
    const isExcused = by.wasSuspendedSince(last.at - suspensionEffect) || by.machine.clockSetAt >= last.at;
    if (last.mayReplay) {
      last.mayReplay = false;
      last.isReplay = isExcused ? 'maybe' : passed <= replayWithin ? 'yes' : 'no'; // a suspension lengthens the pause
    } else {
      last.isReplay = 'no';
    }
    if (!isExcused && last.isReplay !== 'yes' && passed < delay - 1) {
      this.report('the server was asked again before the back-off had passed');
    }
  }

  received(request: SentRequest, result: HttpResponse | TransportFailure, now: number): void {
    const { by } = request;
    const status = result.kind === 'response' ? result.status : 0;
    if (!isRefresh(request) || (status > 0 && status < 500 && status !== 429)) {
      this.failures.delete(by);
      return;
    }
    const { count, isReplay } = this.failures.get(by) ?? { count: 0, isReplay: 'no' };
    this.failures.set(by, {
      count: count + (isReplay === 'no' ? 1 : 0),
      at: now,
      mayReplay: isReplay !== 'yes' && result.kind === 'response' && isReplayed(result),
      isReplay: 'no',
    });
  }

  /**
   * The user, a success in another window or the focus of a window has cleared the memory of failures. A replay in flight
   * is sent all the same, and is not a new attempt.
   */
  forget(process: Process | 'every window'): void {
    for (const one of process === 'every window' ? [...this.failures.keys()] : [process]) {
      const last = this.failures.get(one);
      if (last !== undefined) {
        this.failures.set(one, { ...last, count: 0 });
      }
    }
  }
}

/** Whether a window replays the request after this answer. */
function isReplayed({ status, headers }: HttpResponse): boolean {
  return status === 429 && (retryAfterMs(headers) ?? 0) <= longestReplayWait;
}
