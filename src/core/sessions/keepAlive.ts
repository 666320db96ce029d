import type { Cancel, Clock } from '../base/clock';
import type { Sessions } from './sessions';
import { timeLeft, refreshMargin } from '../model/tokens';
import { canRefresh } from '../model/transitions';

/** The tokens are looked at this often while the window is used (milliseconds). */
const lookEvery = 15_000;

export interface KeepAliveParts {
  readonly sessions: Sessions;
  readonly clock: Clock;
  /** Whether the person chose it, and uses this window now. */
  readonly isWanted: () => boolean;
}

/**
 * Renews tokens in their last minute although nobody asks, for people who chose `reltioAuth.refresh: "keepAlive"`. One
 * that has ended stays so until somebody wants it: while the machine slept nobody did.
 */
export class KeepAlive {
  private cancel: Cancel | undefined;

  constructor(private readonly parts: KeepAliveParts) {}

  /** To be called whenever `isWanted` may have changed. No timer runs while it is not. */
  look(): void {
    this.cancel?.();
    this.cancel = undefined;
    const { sessions, clock, isWanted } = this.parts;
    if (!isWanted()) {
      return;
    }
    for (const session of sessions.known) {
      const left = timeLeft(session.tokens, clock.now());
      if (session.state === 'signedIn' && canRefresh(session) && left > 0 && left <= refreshMargin) {
        sessions.fresh(session.id).catch(() => undefined); // whoever uses the token next hears of it
      }
    }
    this.cancel = clock.after(lookEvery, () => {
      this.look();
    });
  }

  dispose(): void {
    this.cancel?.();
  }
}
