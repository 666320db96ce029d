import { within, type Clock } from '../base/clock';
import { Failure, isFailure } from '../base/failure';
import type { Recorder } from '../history/recorder';
import { hostOf } from '../model/account';
import { failureToReport } from '../model/failureToReport';
import { signInRequired } from '../model/signInRequired';
import { remedyOf } from '../model/remedy';
import type { Session } from '../model/session';
import { canRefresh, needsRefresh } from '../model/refreshMeans';
import { isExpired, isFromFuture } from '../model/tokens';
import type { SessionStore } from '../storage/sessionStore';
import type { RefreshReason } from './ongoingRefresh';
import type { Refresher } from './refresher';
import { storedSession } from './storedSession';
import type { Timeline } from './timeline';

/** How long a caller who asks for a token waits for the network (milliseconds). */
export const defaultWait = 10_000;

export interface FreshSessionParts {
  readonly store: SessionStore;
  readonly refresher: Refresher;
  readonly timeline: Timeline;
  readonly recorder: Pick<Recorder, 'used'>;
  readonly clock: Clock;
}

/** Returns sessions with a valid token, and refreshes the token if needed. */
export class FreshSession {
  constructor(private readonly parts: FreshSessionParts) {}

  /** See `Sessions.fresh`. */
  async get(id: string, wait: number, minimum: number): Promise<Session> {
    const { store, timeline, refresher } = this.parts;
    await store.load();
    const session = storedSession(store, id);
    const tokenUnchanged = (): Failure => new Failure('tokenUnchanged', { host: hostOf(session.account) });
    timeline.check(store.sessions);
    if (!needsRefresh(session, timeline.nowFor(session), minimum)) {
      return this.notExpired(session, tokenUnchanged);
    }
    if (!canRefresh(session)) {
      return this.notExpired(session, () => signInRequired(session));
    }
    const remembered = refresher.failures.recall(session);
    if (remembered !== undefined) {
      return this.notExpired(session, () => remembered);
    }
    try {
      const refreshed = await this.refreshed(session, wait);
      return this.notExpired(refreshed, tokenUnchanged); // it may have expired while it was written
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      return this.notExpired(storedSession(store, id), () => error);
    }
  }

  /**
   * The session after the refresh that is in progress, or a new one.
   *
   * @throws {Failure} also when the refresh takes longer than `wait`
   */
  async refreshed(session: Session, wait: number, reason?: RefreshReason): Promise<Session> {
    const { clock, refresher, store } = this.parts;
    const ongoing = refresher.refresh(session, reason);
    const left = ongoing.startedAt + wait - clock.now();
    const { id } = await within(clock, Math.min(Math.max(left, 0), wait), ongoing.session, () => {
      throw new Failure(ongoing.timeoutCode, { host: hostOf(session.account) });
    });
    return storedSession(store, id); // it may have been signed out while the lock was released
  }

  /** The failure to report for the session as it is stored now. */
  reported({ id }: Session, failure: Failure): Failure {
    const session = this.parts.store.find(id);
    return session === undefined ? failure : failureToReport(session, failure, this.parts.timeline.nowFor(session));
  }

  /** @param otherwise called only if the token has expired: an error is expensive to make, and most callers get a token */
  private notExpired(session: Session, otherwise: () => Failure): Session {
    const now = this.parts.timeline.nowFor(session);
    if (session.state === 'rejected' && remedyOf(session, now) === 'renew') {
      throw new Failure('tokenRejected', { host: hostOf(session.account) });
    }
    if (isExpired(session.tokens, now) || isFromFuture(session.tokens, now)) {
      throw this.reported(session, otherwise());
    }
    this.parts.recorder.used(session.id);
    return session;
  }
}
