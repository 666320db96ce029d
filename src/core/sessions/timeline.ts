import type { Clock } from '../base/clock';
import type { Session } from '../model/session';

/** Less than this is the usual correction of a clock (milliseconds). */
const tolerance = 5_000;

interface KnownBefore {
  readonly expiryKnownAt: number;
  readonly setBackBy: number;
}

/**
 * Notices that the clock of the machine was set back while this window was open. Tokens that were known before live
 * until an hour of the old clock; for them time goes on as if nobody had touched it. A clock that was set forward needs
 * no care: tokens seem to end early, and are renewed.
 */
export class Timeline {
  /** How far the clock is ahead of the one that nobody can set. */
  private lead: number;
  private readonly knownBefore = new Map<string, KnownBefore>();

  constructor(private readonly clock: Clock) {
    this.lead = clock.now() - clock.steady();
  }

  /** @param sessions what is known at this moment */
  look(sessions: readonly Session[]): void {
    const lead = this.clock.now() - this.clock.steady();
    const setBackBy = this.lead - lead;
    this.lead = lead;
    if (setBackBy > tolerance) {
      sessions.forEach((session) => {
        const { expiryKnownAt: expiryKnownAt } = session.tokens;
        this.knownBefore.set(session.id, { expiryKnownAt, setBackBy: this.setBackBy(session) + setBackBy });
      });
    }
  }

  /** The time to hold against this session's end. */
  nowFor(session: Session): number {
    return this.clock.now() + this.setBackBy(session);
  }

  private setBackBy({ id, tokens }: Session): number {
    const known = this.knownBefore.get(id);
    return known?.expiryKnownAt === tokens.expiryKnownAt ? known.setBackBy : 0;
  }
}
