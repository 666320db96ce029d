import type { HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import { retryAfterMs } from '../../../src/core/oauth/retryAfter';
import { isRefresh, type SentRequest } from '../sentRequest';
import type { Process } from '../process';
import type { Report } from './report';

/** Whose failure it is: the server's, or the client's, whose quota is used up. They are counted apart. */
type Whose = 'server' | 'client';

/** The failures of one kind in a window since its last success. */
interface Failures {
  readonly count: number;
  readonly at: number;
  /** Whether the server answered the last one. */
  readonly isAnswered: boolean;
}

/** What a window has experienced. */
interface Experience {
  readonly failures: Partial<Record<Whose, Failures>>;
  readonly lastFailedAt: number;
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
  private readonly experiences = new Map<Process, Experience>();

  constructor(private readonly report: Report) {}

  sent({ by, sentAt }: SentRequest): void {
    const last = this.experiences.get(by);
    if (last === undefined) {
      return;
    }
    const since = last.lastFailedAt;
    const isExcused = by.wasSuspendedSince(since - suspensionEffect) || by.machine.clockSetAt >= since;
    if (last.mayReplay) {
      last.mayReplay = false;
      last.isReplay = isExcused ? 'maybe' : sentAt - since <= replayWithin ? 'yes' : 'no'; // a suspension lengthens the pause
    } else {
      last.isReplay = 'no';
    }
    const isTooEarly = Object.values(last.failures).some(
      ({ count, at }) => sentAt - at < (shortestDelays[Math.min(count, shortestDelays.length) - 1] ?? 0) - 1,
    );
    if (!isExcused && last.isReplay !== 'yes' && isTooEarly) {
      this.report('the server was asked again before the back-off had passed');
    }
  }

  received(request: SentRequest, result: HttpResponse | TransportFailure, now: number): void {
    const { by } = request;
    const status = result.kind === 'response' ? result.status : 0;
    if (!isRefresh(request) || (status > 0 && status < 500 && status !== 429)) {
      this.experiences.delete(by);
      return;
    }
    const { failures = {}, isReplay = 'no' } = this.experiences.get(by) ?? {};
    const whose = result.kind === 'response' && isQuota(request, result) ? 'client' : 'server';
    const isAnswered = status > 0;
    const { client, server } = failures;
    const count = (failures[whose]?.count ?? 0) + (isReplay === 'no' ? 1 : 0);
    this.experiences.set(by, {
      failures: {
        ...(client === undefined ? {} : { client }),
        // A server that did not answer and now does has ended its outage.
        ...(server === undefined || (whose === 'client' && !server.isAnswered) ? {} : { server }),
        [whose]: { count, at: now, isAnswered },
      },
      lastFailedAt: now,
      mayReplay: isReplay !== 'yes' && result.kind === 'response' && isReplayed(result),
      isReplay: 'no',
    });
  }

  /**
   * The user, a success in another window or the focus of a window has cleared the memory of failures. A replay in flight
   * is sent all the same, and is not a new attempt.
   */
  forget(process: Process | 'every window'): void {
    for (const one of process === 'every window' ? [...this.experiences.keys()] : [process]) {
      const last = this.experiences.get(one);
      if (last !== undefined) {
        this.experiences.set(one, { ...last, failures: {} });
      }
    }
  }
}

/** A server that limits all its callers says how long to wait; one that says nothing means the client's quota. */
function isQuota({ form }: SentRequest, { status, headers }: HttpResponse): boolean {
  return form['grant_type'] === 'client_credentials' && status === 429 && retryAfterMs(headers) === undefined;
}

/** Whether a window replays the request after this answer. */
function isReplayed({ status, headers }: HttpResponse): boolean {
  return status === 429 && (retryAfterMs(headers) ?? 0) <= longestReplayWait;
}
