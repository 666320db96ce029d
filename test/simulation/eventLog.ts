import type { SessionDocument } from '../../src/core/storage/sessionDocument';
import { simulationStart, type Scheduler } from './scheduler';

const longest = 60;

/** The latest events, oldest first, for the reader who investigates a violation. Tokens appear as t1, t2, … */
export class EventLog {
  readonly lines: string[] = [];
  private readonly tokenNames = new Map<string, string>();

  constructor(private readonly scheduler: Scheduler) {}

  add(event: string): void {
    if (this.lines.length >= longest) {
      this.lines.shift();
    }
    this.lines.push(`${((this.scheduler.now - simulationStart) / 1000).toFixed(2)} s: ${event}`);
  }

  nameOf(token: string | undefined): string {
    if (token === undefined) {
      return 'none';
    }
    const name = this.tokenNames.get(token) ?? `t${this.tokenNames.size + 1}`;
    this.tokenNames.set(token, name);
    return name;
  }

  summaryOf(document: SessionDocument): string {
    const sessions = document.sessions.map(
      ({ id, state, account, tokens }) =>
        `${account.user ?? account.clientId} ${id} ${state} ${this.nameOf(tokens.accessToken)} ${this.nameOf(tokens.refreshToken)}`,
    );
    return `revision ${document.revision}: ${sessions.join(', ')}`;
  }
}
