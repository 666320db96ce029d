import { Failure, isFailure } from '../base/failure';
import { refreshTokenGrant } from '../oauth/refreshTokenGrant';
import { accountId, hostOf, refreshLock } from '../model/account';
import type { ClientStore } from '../storage/clientStore';
import { Emitter } from '../base/emitter';
import type { FailureMemory } from '../calls/failureMemory';
import type { Unsubscribe } from '../base/emitter';
import type { HeldLock, Lock } from '../locking/lock';
import type { Session } from '../model/session';
import { SessionFailures } from '../calls/sessionFailures';
import type { TokenCalls } from '../calls/tokenCalls';
import { UnstoredTokens, type UnstoredTokensParts } from '../journal/unstoredTokens';
import { receive } from '../model/receive';
import { isExpired, timeLeft, shouldRefresh, type Tokens } from '../model/tokens';
import { canRefresh, howItRefreshes, refreshFailed, refreshed, refreshTokenRejected } from '../model/transitions';

/** A window needs the lock for one token call and a write; who holds it longer is stuck, and loses it (milliseconds). */
const lockTimeout = 60_000;
/** A refresh is begun again so often where the machine slept over it. */
const mostAttempts = 3;
/** Pause before asking again after an expired token: a server may return one in its last second (milliseconds). */
const secondAttemptDelay = 1_500;
/** No second attempt after this: callers have stopped waiting (milliseconds since the refresh began). */
const latestSecondAttempt = 7_000;

/** Another window may refresh by now, so nothing was sent. */
class LockLost extends Error {}

/** A refresh that is under way. */
export interface Flight {
  /** When it began to ask, milliseconds since 1970: the first time, or the second. */
  startedAt: number;
  readonly session: Promise<Session>;
  /** Why it takes so long, for who does not wait any longer: another window, the secret storage or the server. */
  slowBecauseOf: 'lockBusy' | 'sessionsUnreadable' | 'timeout';
  /** What the identity server gave for a session that was signed out meanwhile: somebody may want to revoke it. */
  leftOver?: Session;
}

export interface RefresherParts extends UnstoredTokensParts {
  readonly clients: ClientStore;
  readonly calls: TokenCalls;
  readonly memory: FailureMemory;
  readonly lock: Lock;
}

/** Renews the tokens of sessions: one request per account at a time, whoever asks, in whichever window. */
export class Refresher {
  /** Tells when a refresh starts or ends. */
  readonly onDidChangeActivity: (listener: () => void) => Unsubscribe;

  readonly failures: SessionFailures;
  readonly unstored: UnstoredTokens;

  private readonly activity: Emitter<void>;
  private readonly flights = new Map<string, Flight>();

  constructor(private readonly parts: RefresherParts) {
    this.failures = new SessionFailures(parts.memory, parts.clock);
    this.unstored = new UnstoredTokens(parts);
    this.activity = new Emitter(() => {
      parts.log.warn('refresh: a listener failed');
    });
    this.onDidChangeActivity = this.activity.on;
    parts.store.onDidChange(({ changed }) => {
      const renewed = changed.filter(
        ({ before, after }) =>
          before.tokens.accessToken !== after.tokens.accessToken && timeLeft(after.tokens, parts.clock.now()) > 0,
      );
      renewed.forEach(({ after }) => {
        this.failures.forget(after); // somebody, perhaps in another window, has reached the server
      });
    });
  }

  flightOf(sessionId: string): Flight | undefined {
    return this.flights.get(sessionId);
  }

  /** When no refresh is under way any more. */
  async settled(): Promise<void> {
    await Promise.allSettled([...this.flights.values()].map(({ session }) => session));
  }

  /** Joins the refresh that is under way, or starts one. */
  refresh(session: Session): Flight {
    const under = this.flights.get(session.id);
    if (under !== undefined) {
      return under;
    }
    const flight: Flight = {
      startedAt: this.parts.clock.now(),
      slowBecauseOf: 'lockBusy',
      session: this.run(session).finally(() => {
        this.flights.delete(session.id);
        this.activity.emit();
      }),
    };
    flight.session.catch(() => undefined); // each caller hears of a failure; nobody needs to be listening
    this.flights.set(session.id, flight);
    this.activity.emit();
    return flight;
  }

  /** The session once no window refreshes it any more. Asks no server. */
  async latest({ id, account }: Session): Promise<Session> {
    const turn = await this.parts.lock.acquire(refreshLock(account), lockTimeout);
    try {
      await this.parts.store.reloadSettled();
      return this.find(id);
    } finally {
      await turn.release();
    }
  }

  private async run(asked: Session): Promise<Session> {
    try {
      return await this.askingAgainOnce(asked);
    } catch (error) {
      const failure = isFailure(error) ? error : new Failure('sessionsUnreadable');
      this.remember(asked, failure);
      throw failure;
    }
  }

  /** Where the returned token has already expired, asks once more. */
  private async askingAgainOnce(asked: Session): Promise<Session> {
    const { clock } = this.parts;
    const startedAt = clock.steady();
    try {
      return await this.withLock(asked);
    } catch (error) {
      const isExpired = isFailure(error) && error.code === 'tokenUnchanged';
      if (!isExpired || clock.steady() - startedAt > latestSecondAttempt) {
        throw error;
      }
    }
    const flight = this.flights.get(asked.id);
    if (flight !== undefined) {
      flight.startedAt = clock.now(); // who joins now waits for this attempt
    }
    return await this.withLock(asked);
  }

  private async withLock(asked: Session): Promise<Session> {
    let outcome: Session | 'lockLost' | 'tooSoon' = 'lockLost';
    for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
      this.isSlowBecauseOf('lockBusy', asked);
      const turn = await this.parts.lock.acquire(refreshLock(asked.account), lockTimeout);
      try {
        this.isSlowBecauseOf('sessionsUnreadable', asked);
        outcome = await this.refreshStored(asked, turn);
      } finally {
        await turn.release();
      }
      if (typeof outcome === 'object') {
        return outcome;
      }
      if (outcome === 'tooSoon') {
        this.isSlowBecauseOf('timeout', asked);
        await this.nextAttempt(asked.id); // without the lock: another window may be faster
      }
    }
    throw new Failure(outcome === 'tooSoon' ? 'tokenUnchanged' : 'lockBusy', { host: hostOf(asked.account) });
  }

  /** When a server that returned an expired token, to whichever window, is due to have another. */
  private async nextAttempt(id: string): Promise<void> {
    const { clock, store } = this.parts;
    const tokens = store.find(id)?.tokens;
    const wait = tokens === undefined ? 0 : untilNextAttempt(tokens, clock.now());
    await new Promise<void>((resolve) => clock.after(wait, resolve));
  }

  private isSlowBecauseOf(reason: Flight['slowBecauseOf'], { id }: Session): void {
    const flight = this.flights.get(id);
    if (flight !== undefined) {
      flight.slowBecauseOf = reason;
    }
  }

  /** Another window may have renewed the session since this one looked. */
  private async refreshStored(asked: Session, turn: HeldLock): Promise<Session | 'lockLost' | 'tooSoon'> {
    await this.parts.store.reloadSettled();
    if (this.parts.store.problem === 'storeNewer') {
      throw new Failure('storeNewer'); // what came back could not be written, and may have been rotated
    }
    await this.unstored.restore(this.find(asked.id));
    const session = this.find(asked.id);
    if (this.isRenewed(session.tokens, asked.tokens)) {
      return this.stillAlive(session);
    }
    if (untilNextAttempt(session.tokens, this.parts.clock.now()) > 0) {
      return 'tooSoon';
    }
    return await this.exchangeOrGiveUp(session, turn);
  }

  private async exchangeOrGiveUp(session: Session, turn: HeldLock): Promise<Session | 'lockLost'> {
    try {
      return await this.exchange(session, turn);
    } catch (error) {
      if (error instanceof LockLost) {
        return 'lockLost';
      }
      if (!isFailure(error) || error.code !== 'refreshTokenRejected') {
        throw error;
      }
      // Who took over while this window slept may have spent the token and be about to write the next.
      return (await turn.isHeld()) ? await this.afterDefiniteRefusal(session, turn, error) : 'lockLost';
    }
  }

  /** Whether somebody has asked since, and what they were told need not be asked again. */
  private isRenewed(stored: Tokens, seen: Tokens): boolean {
    const isNews = stored.accessToken !== seen.accessToken || stored.expiryKnownAt !== seen.expiryKnownAt;
    return isNews && !shouldRefresh(stored, this.parts.clock.now());
  }

  private async exchange(session: Session, turn: HeldLock): Promise<Session | 'lockLost'> {
    const { account, tokens } = session;
    const means = howItRefreshes(session);
    if (means.kind === 'none') {
      throw new Failure('signInAgain', { host: hostOf(account) });
    }
    const client = await this.parts.clients.find(account.identityServer, account.clientId);
    if (client === undefined) {
      throw new Failure('clientUnknown', { host: hostOf(account) });
    }
    const grant = refreshTokenGrant(means.refreshToken);
    this.isSlowBecauseOf('timeout', session);
    const beforeSending = async (): Promise<void> => {
      if (!(await turn.isHeld())) {
        throw new LockLost();
      }
    };
    const { answer, startedAt } = await this.parts.calls.request(account.identityServer, client, grant, {
      beforeSending,
    });
    this.isSlowBecauseOf('sessionsUnreadable', session);
    if (answer.kind !== 'granted') {
      throw new Failure('badAnswer', { host: hostOf(account) });
    }
    // Written before anyone gets it: a rotated refresh token that is not written is lost with the window. Who signed in
    // again meanwhile may hold the same refresh token under another id. Another account may too, by chance.
    const isMeant = (stored: Session): boolean =>
      stored.id === session.id ||
      (stored.tokens.refreshToken === means.refreshToken && accountId(stored.account) === accountId(account));
    await this.parts.store.updateNowOrLater(isMeant, (stored) =>
      refreshed(stored, { sent: tokens, answer, startedAt: startedAt() }, this.parts.clock.now()),
    );
    await this.unstored.save(session);
    const flight = this.flights.get(session.id);
    if (flight !== undefined && this.parts.store.find(session.id) === undefined) {
      flight.leftOver = { ...session, tokens: receive(tokens, answer, startedAt()) };
    }
    const renewed = this.stillAlive(this.find(session.id));
    this.failures.forget(session);
    return renewed;
  }

  /** Reltio may hand back the ended token with no life in it; then there is nothing to hand out. */
  private stillAlive(session: Session): Session {
    if (timeLeft(session.tokens, this.parts.clock.now()) === 0) {
      throw new Failure('tokenUnchanged', { host: hostOf(session.account) });
    }
    return session;
  }

  /** The refresh token is given up only if nobody has stored a newer one, or left one in the journal. */
  private async afterDefiniteRefusal(sent: Session, turn: HeldLock, refusal: Failure): Promise<Session | 'lockLost'> {
    await this.parts.store.reloadSettled();
    await this.unstored.restore(this.find(sent.id), 'isRespected').catch((error: unknown) => {
      throw isFailure(error) && error.code === 'journalUnreadable' ? refusedToo(error, refusal) : error;
    });
    await this.parts.store.update(
      (stored) => stored.id === sent.id,
      (stored) => refreshTokenRejected(stored, sent.tokens.refreshToken),
    );
    const session = this.find(sent.id);
    if (canRefresh(session)) {
      return this.isRenewed(session.tokens, sent.tokens) ? session : await this.exchangeOrGiveUp(session, turn);
    }
    this.parts.log.warn('refresh: refused for good', { session: session.id });
    this.failures.forget(session); // the server answers, and knows the client
    throw new Failure('signInAgain', { host: hostOf(session.account) });
  }

  private find(id: string): Session {
    const session = this.parts.store.find(id);
    if (session === undefined) {
      throw new Failure('signedOut');
    }
    return session;
  }

  private remember(session: Session, failure: Failure): void {
    if (failure.code === 'signedOut' || failure.code === 'signInAgain') {
      return; // a state of the session, which the store tells
    }
    this.failures.record(session, failure);
    this.storeOutcome(session, failure);
  }

  private storeOutcome({ id }: Session, failure: Failure): void {
    const { store, clock, log } = this.parts;
    const after = (stored: Session): Session => refreshFailed(stored, failure, clock.now());
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

/** With the status of the answer: after an hour of such answers the person is offered to sign in again. */
function refusedToo({ code, nodeCode }: Failure, { status }: Failure): Failure {
  return new Failure(code, {
    ...(nodeCode === undefined ? {} : { nodeCode }),
    ...(status === undefined ? {} : { status }),
  });
}

/** Milliseconds until it is worth asking again after an expired token: some window has just been given one. */
function untilNextAttempt(tokens: Tokens, now: number): number {
  const age = now - tokens.expiryKnownAt; // below 0 where the clock was set back
  return isExpired(tokens, now) && age >= 0 ? Math.max(secondAttemptDelay - age, 0) : 0;
}
