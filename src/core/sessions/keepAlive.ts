import type { Cancel, Clock } from '../base/clock';
import type { Sessions } from './sessions';
import { howItRefreshes } from '../model/refreshMeans';
import type { Session } from '../model/session';
import { refreshMargin, timeLeft } from '../model/tokens';

/** The tokens are checked this often while the window is used (milliseconds): twice in the last minute of each. */
const checkEvery = 30_000;
/** A token that is due may have to be asked for again, because the first request failed (milliseconds). */
const checkDueEvery = 15_000;

export interface KeepAliveParts {
  readonly sessions: Sessions;
  readonly clock: Clock;
  /** Whether the user has chosen `keepAlive` and is using this window. */
  readonly isWanted: () => boolean;
}

/**
 * Refreshes tokens even if no caller asks for one, for users who chose `reltioAuth.refresh: "keepAlive"`: in their last
 * minute, or in the minute after their expiry if a client has to ask for its token again. A token that has expired before,
 * for example while the machine was asleep, is left to the next caller.
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
    const due = sessions.known.filter((session) => session.state === 'signedIn' && isDue(session, clock.now()));
    for (const { id } of due) {
      sessions.fresh(id).catch(() => undefined); // the next caller gets the failure
    }
    this.cancel = clock.after(due.length > 0 ? checkDueEvery : checkEvery, () => {
      this.check();
    });
  }

  dispose(): void {
    this.cancel?.();
  }
}

function isDue(session: Session, now: number): boolean {
  const left = timeLeft(session.tokens, now);
  switch (howItRefreshes(session).kind) {
    case 'refreshToken':
      return left > 0 && left <= refreshMargin;
    case 'clientAgain':
      return left === 0 && now - session.tokens.accessTokenExpiresAt < refreshMargin;
    case 'none':
      return false;
  }
}
