import type { Clock } from '../base/clock';
import type { Session } from '../model/session';

/** A smaller difference is a normal correction of the clock (milliseconds). */
const tolerance = 5_000;

interface KnownBefore {
  readonly expiryKnownAt: number;
  readonly setBackBy: number;
}

/**
 * Detects that the machine's clock was set back while this window was open. The expiry of tokens that were known before
 * is a time of the old clock, so for them time is counted as if the clock had not changed. A clock that was set forward
 * needs no handling: tokens expire early and are refreshed.
 */
export class Timeline {
  /** How far the clock is ahead of the steady one, which cannot be set. */
  private lead: number;
  private readonly knownBefore = new Map<string, KnownBefore>();

  constructor(private readonly clock: Clock) {
    this.lead = clock.now() - clock.steady();
  }

  /**
   * @param sessions the sessions that are known now
   */
  check(sessions: readonly Session[]): void {
    const lead = this.clock.now() - this.clock.steady();
    const setBackBy = this.lead - lead;
    this.lead = lead;
    if (setBackBy > tolerance) {
      sessions.forEach((session) => {
        const { expiryKnownAt } = session.tokens;
        this.knownBefore.set(session.id, { expiryKnownAt, setBackBy: this.setBackBy(session) + setBackBy });
      });
    }
  }

  /** The time to compare with the expiry of this session's token. */
  nowFor(session: Session): number {
    return this.clock.now() + this.setBackBy(session);
  }

  private setBackBy({ id, tokens }: Session): number {
    const known = this.knownBefore.get(id);
    return known?.expiryKnownAt === tokens.expiryKnownAt ? known.setBackBy : 0;
  }
}
