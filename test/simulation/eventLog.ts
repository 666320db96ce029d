import type { SessionDocument } from '../../src/core/storage/sessionDocument';
import { simulationStart, type Scheduler } from './scheduler';

const longest = 60;

/** The latest events, oldest first, for the reader who investigates a violation. Tokens appear as t1, t2, … */
export class EventLog {
  private readonly latest: { readonly at: number; readonly event: string | (() => string) }[] = [];
  private readonly tokenNames = new Map<string, string>();

  constructor(private readonly scheduler: Scheduler) {}

  /** @param event written out only if somebody reads it: few runs break a rule */
  add(event: string | (() => string)): void {
    if (this.latest.length >= longest) {
      this.latest.shift();
    }
    this.latest.push({ at: this.scheduler.now, event });
  }

  get lines(): readonly string[] {
    return this.latest.map(
      ({ at, event }) =>
        `${((at - simulationStart) / 1000).toFixed(2)} s: ${typeof event === 'string' ? event : event()}`,
    );
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
