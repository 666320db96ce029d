import type { Cancel, Clock } from '../base/clock';
import type { Sessions } from './sessions';
import { refreshMargin, timeLeft } from '../model/tokens';
import { canRefresh } from '../model/transitions';

/** The tokens are checked this often while the window is used (milliseconds). */
const checkEvery = 15_000;

export interface KeepAliveParts {
  readonly sessions: Sessions;
  readonly clock: Clock;
  /** Whether the user has chosen `keepAlive` and is using this window. */
  readonly isWanted: () => boolean;
}

/**
 * Refreshes tokens in their last minute even if no caller asks for one, for users who chose `reltioAuth.refresh:
 * "keepAlive"`. A token that has already expired, for example while the machine was asleep, is left to the next caller.
 */
export class KeepAlive {
  private cancel: Cancel | undefined;

  constructor(private readonly parts: KeepAliveParts) {}

  /** Call this whenever `isWanted` may have changed. No timer runs while it is false. */
  check(): void {
    this.cancel?.();
    this.cancel = undefined;
    const { sessions, clock, isWanted } = this.parts;
    if (!isWanted()) {
      return;
    }
    for (const session of sessions.known) {
      const left = timeLeft(session.tokens, clock.now());
      if (session.state === 'signedIn' && canRefresh(session) && left > 0 && left <= refreshMargin) {
        sessions.fresh(session.id).catch(() => undefined); // the next caller gets the failure
      }
    }
    this.cancel = clock.after(checkEvery, () => {
      this.check();
    });
  }

  dispose(): void {
    this.cancel?.();
  }
}
