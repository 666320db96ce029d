import { Emitter, type Unsubscribe } from '../base/emitter';
import { asFailure, Failure, isFailure } from '../base/failure';
import type { FailureMemory } from '../calls/failureMemory';
import { SessionFailures } from '../calls/sessionFailures';
import type { Recorder } from '../history/recorder';
import { UnstoredTokens, type UnstoredTokensParts } from '../journal/unstoredTokens';
import { refreshLock } from '../model/account';
import type { Session } from '../model/session';
import { isExpired, type Tokens } from '../model/tokens';
import { refreshFailed } from '../model/transitions';
import { LockedRefresh, lockTimeout, type LockedRefreshParts } from './lockedRefresh';
import { OngoingRefresh, type RefreshReason } from './ongoingRefresh';
import { storedSession } from './storedSession';

/** No second attempt after this: callers have stopped waiting (milliseconds since the refresh started). */
const secondAttemptDeadline = 7_000;

export interface RefresherParts extends UnstoredTokensParts, Omit<LockedRefreshParts, 'failures' | 'unstored'> {
  readonly memory: FailureMemory;
  readonly recorder: Pick<Recorder, 'windowDied' | 'failed'>;
}

/** Refreshes the tokens of sessions: one request per account at a time, for all callers in all windows. */
export class Refresher {
  /** Fires when a refresh starts or ends. */
  readonly onDidChangeActivity: (listener: () => void) => Unsubscribe;

  readonly failures: SessionFailures;
  readonly unstored: UnstoredTokens;

  private readonly activity: Emitter<void>;
  private readonly inProgress = new Map<string, OngoingRefresh>();
  private readonly lockedRefresh: LockedRefresh;

  constructor(private readonly parts: RefresherParts) {
    this.failures = new SessionFailures(parts.memory, parts.clock);
    this.unstored = new UnstoredTokens(parts);
    this.lockedRefresh = new LockedRefresh({ ...parts, failures: this.failures, unstored: this.unstored });
    this.activity = new Emitter(() => {
      parts.log.warn('refresh: a listener failed');
    });
    this.onDidChangeActivity = this.activity.on;
    parts.store.onDidChange(({ changed }) => {
      const refreshed = changed.filter(
        ({ before, after }) =>
          before.tokens.accessToken !== after.tokens.accessToken && !isExpired(after.tokens, parts.clock.now()),
      );
      refreshed.forEach(({ after }) => {
        this.failures.forget(after); // this window or another one has reached the server
      });
    });
  }

  /** The refresh of this session that is in progress, if any. */
  ongoing(sessionId: string): OngoingRefresh | undefined {
    return this.inProgress.get(sessionId);
  }

  /** Resolves when no refresh is in progress. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.inProgress.values()].map(({ session }) => session));
  }

  /** Joins the refresh in progress, or starts one. */
  refresh(session: Session, reason?: RefreshReason): OngoingRefresh {
    const joined = this.inProgress.get(session.id);
    if (joined !== undefined) {
      return joined;
    }
    const started = new OngoingRefresh(this.parts.clock.now(), reason, (ongoing) =>
      this.run(session, ongoing).finally(() => {
        this.inProgress.delete(session.id);
        this.activity.emit();
      }),
    );
    started.session.catch(() => undefined); // each caller receives the failure; there may be none left
    this.inProgress.set(session.id, started);
    this.activity.emit();
    return started;
  }

  /** Waits until no window refreshes the session, and returns it. Sends no request. */
  async latest({ id, account }: Session): Promise<Session> {
    const lock = await this.parts.lock.acquire(refreshLock(account), lockTimeout);
    try {
      await this.parts.store.reloadSettled();
      return storedSession(this.parts.store, id);
    } finally {
      await lock.release();
    }
  }

  private async run(asked: Session, ongoing: OngoingRefresh): Promise<Session> {
    try {
      return await this.withSecondAttempt(asked, ongoing);
    } catch (error) {
      const failure = asFailure(error) ?? new Failure('sessionsUnreadable');
      this.remember(asked, failure, ongoing.held);
      throw failure;
    }
  }

  /** If the returned token has already expired, sends one more request. */
  private async withSecondAttempt(asked: Session, ongoing: OngoingRefresh): Promise<Session> {
    const { clock } = this.parts;
    const startedAt = clock.steady();
    try {
      return await this.lockedRefresh.run(asked, ongoing);
    } catch (error) {
      const cameExpired = isFailure(error) && error.code === 'tokenUnchanged';
      if (!cameExpired || clock.steady() - startedAt > secondAttemptDeadline) {
        throw error;
      }
    }
    ongoing.startedAt = clock.now(); // a caller who joins now waits for this attempt
    return await this.lockedRefresh.run(asked, ongoing);
  }

  private remember(session: Session, failure: Failure, held: Tokens | undefined): void {
    this.failures.record(session, failure);
    this.parts.recorder.failed(session, failure);
    if (held !== undefined) {
      this.storeFailure(session, failure, held);
    }
  }

  /** Stores nothing if another window has received tokens meanwhile: the server then has accepted what it refused here. */
  private storeFailure({ id }: Session, failure: Failure, held: Tokens): void {
    const { store, clock, log } = this.parts;
    const after = (stored: Session): Session =>
      stored.tokens.accessToken === held.accessToken && stored.tokens.expiryKnownAt === held.expiryKnownAt
        ? refreshFailed(stored, failure, clock.now())
        : stored;
    const known = store.find(id);
    if (known !== undefined && after(known) !== known) {
      store
        .update((stored) => stored.id === id, after)
        .catch(() => {
          log.warn('refresh: state not written', { session: id });
        });
    }
  }
}
