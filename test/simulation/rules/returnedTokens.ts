import type { Session } from '../../../src/core/model/session';
import type { SessionDocument } from '../../../src/core/storage/sessionDocument';
import type { Process } from '../process';
import type { Server } from '../server';
import type { Report } from './report';

/** A token that a caller receives is valid, and was stored before. */
export class ReturnedTokens {
  /** Every access token that was ever given to the secret storage. */
  private readonly known = new Set<string>();

  constructor(
    private readonly server: Server,
    private readonly report: Report,
  ) {}

  hasNewToken({ sessions }: SessionDocument): boolean {
    return sessions.some(({ tokens }) => !this.known.has(tokens.accessToken));
  }

  stored({ sessions }: SessionDocument): void {
    sessions.forEach(({ tokens }) => this.known.add(tokens.accessToken));
  }

  returned(by: Process, { tokens }: Session): void {
    const { scheduler, setBackAt } = by.machine;
    const expiredFor = this.server.expiredFor(tokens.accessToken);
    const wasSetBack = setBackAt.some((time) => by.startedAt >= time);
    // Suspended between the last check of the time and the return: no code can check any later.
    const hasJustResumed = scheduler.now === by.lastResumedAt;
    if (expiredFor > 0 && !tokens.expiryIsEstimate && !wasSetBack && !hasJustResumed) {
      this.report(`a token was returned ${expiredFor} ms after it had expired`);
    }
    if (!this.known.has(tokens.accessToken)) {
      this.report('a token was returned before it was stored');
    }
  }
}
