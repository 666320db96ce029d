import type { Log } from '../base/log';
import { Failure, isFailure } from '../base/failure';
import { once } from '../base/once';
import type { Recorder } from '../history/recorder';
import type { SessionFailures } from '../calls/sessionFailures';
import type { HeldLock, Lock } from '../locking/lock';
import { hostOf, refreshLock } from '../model/account';
import type { Session } from '../model/session';
import { canRefresh, needsRefresh } from '../model/refreshMeans';
import { isExpired, type Tokens } from '../model/tokens';
import { dropRefreshToken } from './dropRefreshToken';
import type { Exchange, ExchangeParts } from './exchange';
import type { OngoingRefresh } from './ongoingRefresh';
import { storedSession } from './storedSession';

/** A window needs the lock for one token call and a write; after this long it is stuck and loses it (milliseconds). */
export const lockTimeout = 60_000;
/** How many attempts a refresh has, if the window is suspended and loses the lock. */
const maxAttempts = 3;
/**
 * The pause before another request after an expired token: a server may return a token in its last second
 * (milliseconds).
 */
const secondAttemptDelay = 1_500;

export interface LockedRefreshParts extends ExchangeParts {
  readonly lock: Lock;
  readonly failures: SessionFailures;
  readonly log: Log;
  readonly recorder: Pick<Recorder, 'windowDied'>;
  /** Code that a window whose tokens stay valid never runs; the first refresh loads it. */
  readonly lazyModules: { exchange(): Promise<Pick<typeof import('./exchange'), 'Exchange'>> };
}

/** One refresh of a session, while no other window refreshes the same account. */
export class LockedRefresh {
  private readonly loadExchange: () => Promise<Exchange>;

  constructor(private readonly parts: LockedRefreshParts) {
    this.loadExchange = once(async () => {
      const { Exchange } = await parts.lazyModules.exchange();
      return new Exchange(parts);
    });
  }

  /** @throws {Failure} */
  async run(asked: Session, ongoing: OngoingRefresh): Promise<Session> {
    let outcome: Session | 'lockLost' | 'tooSoon' = 'lockLost';
    for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
      ongoing.timeoutCode = 'lockBusy';
      const lock = await this.parts.lock.acquire(refreshLock(asked.account), lockTimeout);
      if (lock.wasAbandoned === true) {
        this.parts.recorder.windowDied(asked);
      }
      try {
        ongoing.timeoutCode = 'sessionsUnreadable';
        outcome = await this.refreshStored(asked, lock, ongoing);
      } finally {
        await lock.release();
      }
      if (typeof outcome === 'object') {
        return outcome;
      }
      if (outcome === 'tooSoon') {
        ongoing.timeoutCode = 'timeout';
        await this.nextAttempt(asked.id); // without the lock, so that another window can go first
      }
    }
    throw new Failure(outcome === 'tooSoon' ? 'tokenUnchanged' : 'lockBusy', { host: hostOf(asked.account) });
  }

  /** Another window may have refreshed the session since this one read it. */
  private async refreshStored(
    asked: Session,
    lock: HeldLock,
    ongoing: OngoingRefresh,
  ): Promise<Session | 'lockLost' | 'tooSoon'> {
    const { store, unstored, clock } = this.parts;
    await store.reloadSettled();
    if (store.problem === 'storeNewer') {
      throw new Failure('storeNewer'); // new tokens could not be written, and the refresh token may be rotated
    }
    await unstored.restore(storedSession(store, asked.id));
    const session = storedSession(store, asked.id);
    if (this.wasRefreshed(session, asked.tokens)) {
      return this.valid(session);
    }
    if (untilNextAttempt(session.tokens, clock.now()) > 0) {
      return 'tooSoon';
    }
    return await this.exchangeOrDrop(session, lock, ongoing);
  }

  private async exchangeOrDrop(
    session: Session,
    lock: HeldLock,
    ongoing: OngoingRefresh,
  ): Promise<Session | 'lockLost'> {
    try {
      const exchange = await this.loadExchange(); // with the lock: another window that waits for it gets the new tokens
      const outcome = await exchange.run(session, lock, ongoing);
      if (outcome === 'lockLost') {
        return outcome;
      }
      const refreshed = this.valid(outcome);
      this.parts.failures.forget(session);
      return refreshed;
    } catch (error) {
      if (!isFailure(error) || error.code !== 'refreshTokenRejected') {
        throw error;
      }
      // A window that took over while this one was suspended may have used the token and be about to store the next one.
      return (await lock.isHeld()) ? await this.afterRejection(session, lock, ongoing, error) : 'lockLost';
    }
  }

  private async afterRejection(
    sent: Session,
    lock: HeldLock,
    ongoing: OngoingRefresh,
    rejection: Failure,
  ): Promise<Session | 'lockLost'> {
    const session = await dropRefreshToken(this.parts, sent, rejection);
    if (canRefresh(session)) {
      return this.wasRefreshed(session, sent.tokens) ? session : await this.exchangeOrDrop(session, lock, ongoing);
    }
    this.parts.log.warn('refresh: token rejected for good', { session: session.id });
    this.parts.failures.forget(session); // the server answers, and knows the client
    throw new Failure('signInAgain', { host: hostOf(session.account) });
  }

  /** Whether another window has refreshed since, so that this one need not. */
  private wasRefreshed(stored: Session, seen: Tokens): boolean {
    const { accessToken, expiryKnownAt } = stored.tokens;
    const isNews = accessToken !== seen.accessToken || expiryKnownAt !== seen.expiryKnownAt;
    return isNews && !needsRefresh(stored, this.parts.clock.now());
  }

  /** Reltio may return the token that has expired, which no caller may get. */
  private valid(session: Session): Session {
    if (isExpired(session.tokens, this.parts.clock.now())) {
      throw new Failure('tokenUnchanged', { host: hostOf(session.account) });
    }
    return session;
  }

  /** Waits until a server that returned an expired token, to this window or another, should have a new one. */
  private async nextAttempt(id: string): Promise<void> {
    const { clock, store } = this.parts;
    const tokens = store.find(id)?.tokens;
    const wait = tokens === undefined ? 0 : untilNextAttempt(tokens, clock.now());
    await new Promise<void>((resolve) => clock.after(wait, resolve));
  }
}

/** Milliseconds until another request makes sense, if some window has just received an expired token. */
function untilNextAttempt(tokens: Tokens, now: number): number {
  const age = now - tokens.expiryKnownAt; // below 0 if the clock was set back
  return isExpired(tokens, now) && age >= 0 ? Math.max(secondAttemptDelay - age, 0) : 0;
}
