import type { Session } from '../model/session';
import type { Tokens } from '../model/tokens';

/** `newSecret`: the user has just entered another client secret, which has not been tried yet. */
export type RefreshReason = 'manual' | 'newSecret';

/** A refresh in progress. All callers who want a token of the session share it. */
export class OngoingRefresh {
  readonly session: Promise<Session>;
  /**
   * What it is waiting for, for the error of a caller whose wait is over: another window, the secret storage or the
   * server.
   */
  timeoutCode: 'lockBusy' | 'sessionsUnreadable' | 'timeout' = 'lockBusy';
  /** The tokens that the session had when the request was sent, or those that the answer brought; undefined if none was sent. */
  held?: Tokens;
  /**
   * The tokens that the server granted to a session that was signed out meanwhile: the user may want to revoke them.
   */
  orphaned?: Session;

  /**
   * @param startedAt when the current attempt started, milliseconds since 1970: there may be a second one
   * @param reason undefined if the user did not ask for it
   * @param run does the work, and updates this object
   */
  constructor(
    public startedAt: number,
    readonly reason: RefreshReason | undefined,
    run: (ongoing: OngoingRefresh) => Promise<Session>,
  ) {
    this.session = run(this);
  }
}
