import type { Session } from '../model/session';

/** A refresh that is under way; all callers who want a token of the session share it. */
export class OngoingRefresh {
  readonly session: Promise<Session>;
  /** Why it takes so long, for a caller who waits no longer: another window, the secret storage or the server. */
  slowBecauseOf: 'lockBusy' | 'sessionsUnreadable' | 'timeout' = 'lockBusy';
  /** What the identity server granted to a session that was signed out meanwhile: the user may want to revoke it. */
  leftOver?: Session;

  /**
   * @param startedAt when the current attempt started, milliseconds since 1970: there may be a second one
   * @param run does the work, and is given this object to report on it
   */
  constructor(
    public startedAt: number,
    run: (ongoing: OngoingRefresh) => Promise<Session>,
  ) {
    this.session = run(this);
  }
}
