import type { SentRequest } from '../sentRequest';
import type { Server } from '../server';
import type { Report } from './report';

/** At most one refresh of a session is in flight. */
export class SingleRefresh {
  private inFlight: SentRequest[] = [];

  constructor(
    private readonly server: Server,
    private readonly report: Report,
  ) {}

  sent(request: SentRequest): void {
    this.inFlight = this.inFlight.filter(({ isOpen, by }) => isOpen && by.isRunning);
    const owner = this.ownerOf(request);
    for (const other of this.inFlight) {
      const isExcused =
        other.by.wasSuspendedSince(other.sentAt - 5_000) ||
        request.by.wasSuspendedSince(request.sentAt - 5_000) ||
        other.by.machine.clockSetAt >= other.sentAt - 5_000;
      if (this.ownerOf(other) === owner && !isExcused) {
        this.report('two concurrent refreshes of one session');
      }
    }
    this.inFlight.push(request);
  }

  private ownerOf({ form, clientId }: SentRequest): string | undefined {
    const refreshToken = form['refresh_token'];
    return refreshToken === undefined ? `client ${clientId ?? ''}` : this.server.ownerOf(refreshToken);
  }
}
