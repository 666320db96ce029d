import type { HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import { maxRetryAfter } from '../../../src/core/calls/serverWait';
import { retryAfterMs } from '../../../src/core/oauth/retryAfter';
import type { SentRequest } from '../sentRequest';
import type { Process } from '../process';
import type { Report } from './report';

/** The disk takes this long between reserving a call and sending it, and between receiving a wait and noting it (milliseconds). */
const diskDelay = 60;

/** The server asked a window to wait. */
interface Wait {
  readonly by: Process;
  readonly at: number;
  readonly until: number;
}

/** At most 5 token requests a second on the machine, and none while the server has asked to wait. */
export class Pace {
  private requests: { readonly by: Process; readonly at: number }[] = [];
  private waits: Wait[] = [];

  constructor(private readonly report: Report) {}

  sent(request: SentRequest): void {
    this.checkRate(request);
    this.checkWaits(request);
  }

  received(by: Process, result: HttpResponse | TransportFailure, now: number): void {
    const isBusy = result.kind === 'response' && [429, 503].includes(result.status);
    const wait = isBusy ? Math.min(retryAfterMs(result.headers) ?? 0, maxRetryAfter) : 0;
    if (wait > 0) {
      this.waits.push({ by, at: now, until: now + wait - 1 });
    }
  }

  private checkRate({ by, sentAt }: SentRequest): void {
    this.requests = [...this.requests, { by, at: sentAt }].filter(({ at }) => sentAt - at < 1_000 - diskDelay);
    // A window that was suspended after it had reserved a call sends it later.
    const counted = this.requests.filter((request) => !request.by.wasSuspendedSince(request.at - 2_000));
    // After the clock was set, its times do not show how long a second is.
    const isClockSteady = sentAt - by.machine.clockSetAt > 2_000;
    if (counted.length > 5 && isClockSteady) {
      this.report('more than 5 token requests in one second on the machine');
    }
  }

  private checkWaits({ by, sentAt }: SentRequest): void {
    this.waits = this.waits.filter(({ until }) => until > sentAt);
    const isIgnored = this.waits.some((wait) => {
      const isNoted = wait.by.isRunning && !wait.by.wasSuspendedSince(wait.at) && sentAt - wait.at > diskDelay;
      const isExcused = by.wasSuspendedSince(wait.at - 2_000) || by.machine.clockSetAt >= wait.at;
      return isNoted && !isExcused;
    });
    if (isIgnored) {
      this.report('a token was requested although the server had asked to wait');
    }
  }
}
