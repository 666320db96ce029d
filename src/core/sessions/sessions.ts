import { Failure, isFailure } from '../base/failure';
import { accountId, hostOf } from '../model/account';
import type { CallLimits } from '../calls/callLimits';
import { within, type Clock } from '../base/clock';
import { failureToReport } from '../model/failureToReport';
import type { Outage } from '../calls/failureMemory';
import type { Random } from '../base/random';
import type { OngoingRefresh } from './ongoingRefresh';
import type { Refresher } from './refresher';
import { remedyOf } from '../model/remedy';
import { ReplacedTokens } from './replacedTokens';
import type { Session } from '../model/session';
import type { SessionStore } from '../storage/sessionStore';
import { Timeline } from './timeline';
import { isExpired, isFromFuture, shouldRefresh } from '../model/tokens';
import { canRefresh, revoked, signInGranted } from '../model/transitions';
import type { SignedIn } from './signInAttempt';

/** How long somebody who asks for a token waits for the network (milliseconds). */
const usualWait = 10_000;

/** How long the secret storage may take: a keyring may be asking the person for its password (milliseconds). */
const keyringWait = 5_000;
/** The same for a person who signs in or out, and is there to answer the keyring (milliseconds). */
const personsKeyringWait = 30_000;

/** One refresh by hand of a session in this time, over all windows of the machine (milliseconds). */
const byHandPeriod = 10_000;

/** What a refresh by hand brought. */
export interface RefreshOutcome {
  readonly session: Session;
  /** False when Reltio returned the token that we had. */
  readonly isNewToken: boolean;
  /** When the next request can be sent (milliseconds since 1970), where this refresh came too soon to send one. */
  readonly nextAt?: number;
}

export interface Activity {
  readonly isRefreshing: boolean;
  /** What kept it from being renewed the last time, if it failed. */
  readonly outage: Outage | undefined;
}

export interface SignOutOutcome {
  readonly session: Session;
  /** A failure means that the tokens may live on until they end by themselves. */
  readonly atReltio: 'notAsked' | 'revoked' | Failure;
}

export interface SessionsParts {
  readonly store: SessionStore;
  readonly refresher: Refresher;
  readonly revoker: { revoke(session: Session): Promise<'revoked' | Failure> };
  readonly limits: CallLimits;
  readonly clock: Clock;
  readonly random: Random;
}

/** What can be done with sessions. All that VS Code shows or hands out comes from here. */
export class Sessions {
  private readonly timeline: Timeline;
  private readonly replaced: ReplacedTokens;
  /** Refreshes by hand that are under way: whoever presses twice gets one answer. */
  private readonly byHand = new Map<string, Promise<RefreshOutcome>>();

  constructor(private readonly parts: SessionsParts) {
    this.timeline = new Timeline(parts.clock);
    this.replaced = new ReplacedTokens(parts.clock);
    parts.store.onDidChange((changes) => {
      this.replaced.note(changes);
      this.timeline.look(parts.store.sessions); // what is known now is known by the clock of now
    });
  }

  /** All sessions, the last signed in first. Asks no network, and the secret storage once. */
  async list(): Promise<readonly Session[]> {
    await this.parts.store.load();
    return this.known;
  }

  /** As `list`, but what is known by then when the keyring lets everybody wait: once, for VS Code asks in a row. */
  async listSoon(): Promise<readonly Session[]> {
    const { clock, store } = this.parts;
    return await within(clock, store.isAwaited ? keyringWait : 0, this.list(), () => {
      store.stopWaiting();
      return this.known;
    });
  }

  /**
   * As `list`, for whoever is going to use or change them.
   *
   * @param look `forCertain` also where nothing says that there is a session: for a person who signs in or out
   * @throws {Failure} `storeNewer` when they are not ours to use, `sessionsUnreadable` when the keyring does not answer
   */
  async usable(look: 'whereExpected' | 'forCertain' = 'whereExpected'): Promise<readonly Session[]> {
    const [looking, wait] =
      look === 'whereExpected'
        ? [this.list(), keyringWait]
        : [this.parts.store.loadForCertain().then(() => this.known), personsKeyringWait];
    const sessions = await within(this.parts.clock, wait, looking, () => {
      this.parts.store.stopWaiting();
      throw new Failure('sessionsUnreadable');
    });
    if (this.problem?.code === 'storeNewer') {
      throw this.problem;
    }
    return sessions;
  }

  /** Why the stored sessions are not what they were, if so. */
  get problem(): Failure | undefined {
    const code = this.parts.store.problem;
    return code === undefined ? undefined : new Failure(code);
  }

  /** What is known without asking anything. */
  get known(): readonly Session[] {
    return this.parts.store.sessions.toSorted((one, other) => other.signedInAt - one.signedInAt);
  }

  /** What is going on with a session, besides what is stored of it. */
  activity(session: Session): Activity {
    const { refresher } = this.parts;
    return { isRefreshing: refresher.ongoing(session.id) !== undefined, outage: refresher.failures.outage(session) };
  }

  /**
   * The session with a token that lives. Answers at once while more than a minute is left; renews it otherwise. In bad
   * weather a token that still lives is good enough.
   *
   * @param wait milliseconds to wait for the network, counted from the start of the request that is under way
   * @throws {Failure} when the token has ended and cannot be renewed now (`signInAgain`: not at all)
   */
  async fresh(id: string, wait = usualWait): Promise<Session> {
    await this.parts.store.load();
    const session = this.find(id);
    this.timeline.look(this.parts.store.sessions);
    if (!shouldRefresh(session.tokens, this.timeline.nowFor(session))) {
      return this.notExpired(session, new Failure('tokenUnchanged', { host: hostOf(session.account) }));
    }
    if (!canRefresh(session)) {
      return this.notExpired(session, new Failure('signInAgain', { host: hostOf(session.account) }));
    }
    const remembered = this.parts.refresher.failures.recall(session);
    if (remembered !== undefined) {
      return this.notExpired(session, remembered);
    }
    try {
      const renewed = await this.refreshed(session, wait);
      return this.notExpired(renewed, new Failure('tokenUnchanged', { host: hostOf(session.account) })); // writing took its time too
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      return this.notExpired(this.find(id), error);
    }
  }

  /**
   * Asks the identity server for a token now, because the person said so: what is remembered of failures is forgotten.
   * Whoever comes back within ten seconds, in whichever window, is answered from what that brought.
   *
   * @param reason `newSecret`: the person has just entered another client secret, which nobody has tried
   * @throws {Failure} `askedJustNow` when it is too soon to ask again, and there is no new token; `rateLimited` while the
   *   server wants to be left alone
   */
  async refreshNow(id: string, reason: 'byHand' | 'newSecret' = 'byHand'): Promise<RefreshOutcome> {
    const underWay = reason === 'byHand' ? this.byHand.get(id) : undefined;
    const refresh = underWay ?? this.refreshByHand(id, reason).finally(() => this.byHand.delete(id));
    this.byHand.set(id, refresh);
    return await refresh;
  }

  private async refreshByHand(id: string, reason: 'byHand' | 'newSecret'): Promise<RefreshOutcome> {
    await this.parts.store.load();
    const before = this.find(id);
    if (!canRefresh(before) && remedyOf(before, this.timeline.nowFor(before)) === 'renew') {
      throw new Failure('noRefreshToken', { host: hostOf(before.account) });
    }
    const { clock, limits, refresher } = this.parts;
    const joins = refresher.ongoing(id) !== undefined;
    if (canRefresh(before) && !joins && reason === 'byHand') {
      await limits.patienceFor(before.account.identityServer);
      const wait = await limits.take('refresh', byHandPeriod, id);
      if (wait > 0) {
        return await this.broughtJustNow(before, Math.ceil(clock.now() + wait));
      }
    }
    const underWay = refresher.ongoing(id)?.session.catch(() => undefined);
    if (reason === 'newSecret' && underWay !== undefined) {
      await within(clock, usualWait, underWay, () => undefined); // it may have begun with the secret of before
    }
    this.parts.refresher.failures.forgive(before);
    const session = await this.refreshed(before, usualWait).catch((error: unknown) => {
      throw isFailure(error) ? this.reported(before, error) : error;
    });
    return outcomeOf(before, session);
  }

  /** What the refresh by hand of a moment ago brought, in this window or another. */
  private async broughtJustNow(before: Session, nextAt: number): Promise<RefreshOutcome> {
    const { clock, refresher } = this.parts;
    const session = await within(clock, usualWait, refresher.latest(before), () => {
      throw new Failure('timeout', { host: hostOf(before.account) });
    });
    if (!canRefresh(session)) {
      throw new Failure('signInAgain', { host: hostOf(session.account) });
    }
    const now = clock.now();
    const failed = refresher.failures.outage(session)?.failure;
    if (
      failed === undefined &&
      !isExpired(session.tokens, now) &&
      now - session.tokens.expiryKnownAt < 2 * byHandPeriod
    ) {
      return { ...outcomeOf(before, session), nextAt };
    }
    const cause = failed === undefined ? {} : { cause: this.reported(session, failed) };
    throw new Failure('askedJustNow', { host: hostOf(session.account), retryAt: nextAt, ...cause });
  }

  /** Stores a new sign-in. Signing in again as the same account replaces its session, and keeps its name. */
  async add(signIn: SignedIn): Promise<Session> {
    const { account, answer, startedAt } = signIn;
    const id = this.parts.random.id();
    await this.parts.store.changeNowOrLater((sessions) => {
      const same = sessions.find((session) => accountId(session.account) === accountId(account));
      const isSpent = same !== undefined && this.replaced.isReplaced(same.id, answer.refreshToken, startedAt);
      const session = signInGranted(same, id, signIn, isSpent, this.parts.clock.now());
      return [...sessions.filter((other) => other !== same), session];
    });
    const session = this.find(id);
    this.parts.refresher.failures.forget(session);
    return session;
  }

  /**
   * Removes the session here, then, if wanted, ends its tokens at the identity server too. Undefined where there is no
   * such session.
   */
  async signOut(id: string, where: 'here' | 'atReltioToo'): Promise<SignOutOutcome | undefined> {
    const flight = this.parts.refresher.ongoing(id);
    const removing = this.remove(id);
    // Also where the keyring lets everybody wait so long that the person is told so: it will be removed all the same.
    const revoking = where === 'here' ? undefined : removing.then((removed) => this.revoked(removed, flight));
    revoking?.catch(() => undefined);
    const session = await within(this.parts.clock, keyringWait, removing, () => {
      throw new Failure('sessionsUnreadable');
    });
    return session === undefined ? undefined : { session, atReltio: (await revoking) ?? 'notAsked' };
  }

  /** Whether something is stored that may be a session, and cannot be read. */
  get hasUnreadable(): boolean {
    return this.parts.store.hasUnreadable;
  }

  /**
   * Removes that, where there is no session that can be read: a person who signs out wants it gone.
   *
   * @throws {Failure}
   */
  async removeUnreadable(): Promise<void> {
    await this.parts.store.removeUnreadable();
  }

  private async remove(id: string): Promise<Session | undefined> {
    let removed: Session | undefined;
    await this.parts.store.change((sessions) => {
      removed = sessions.find((session) => session.id === id);
      return removed === undefined ? sessions : sessions.filter((session) => session.id !== id);
    });
    if (removed === undefined) {
      return undefined;
    }
    const latest = await this.withUnwritten(removed).catch(() => removed); // what cannot be read goes all the same
    await this.parts.refresher.unstored.remove(removed);
    return latest;
  }

  /** With the tokens that a closing window could not store: what is stored is spent then. */
  private async withUnwritten(session: Session): Promise<Session> {
    return { ...session, tokens: (await this.parts.refresher.unstored.find(session)) ?? session.tokens };
  }

  private async revoked(
    removed: Session | undefined,
    flight: OngoingRefresh | undefined,
  ): Promise<SignOutOutcome['atReltio']> {
    await flight?.session.catch(() => undefined); // it may bring the token that is to be revoked
    return removed === undefined ? 'notAsked' : await this.parts.revoker.revoke(flight?.leftOver ?? removed);
  }

  /**
   * Ends the tokens of a session at the identity server, so that the next sign-in brings new ones.
   *
   * @throws {Failure} when they may live on; then nothing has changed here
   */
  async revokeToRenew(id: string): Promise<void> {
    await this.parts.refresher.ongoing(id)?.session.catch(() => undefined); // it may bring what is to be revoked
    const session = this.find(id);
    const outcome = await this.parts.revoker.revoke(await this.withUnwritten(session));
    if (outcome !== 'revoked') {
      throw outcome;
    }
    await this.parts.refresher.unstored.remove(session);
    const now = this.parts.clock.now();
    await this.parts.store.updateNowOrLater(
      (stored) => stored.id === id,
      (stored) => revoked(stored, now),
    );
  }

  private async refreshed(session: Session, wait: number): Promise<Session> {
    const { clock, refresher } = this.parts;
    const flight = refresher.refresh(session);
    const left = flight.startedAt + wait - clock.now();
    return await within(clock, Math.min(Math.max(left, 0), wait), flight.session, () => {
      throw new Failure(flight.slowBecauseOf, { host: hostOf(session.account) });
    });
  }

  private notExpired(session: Session, otherwise: Failure): Session {
    const now = this.timeline.nowFor(session);
    if (session.state === 'rejected' && remedyOf(session, now) === 'renew') {
      throw new Failure('tokenRejected', { host: hostOf(session.account) });
    }
    if (isExpired(session.tokens, now) || isFromFuture(session.tokens, now)) {
      throw this.reported(session, otherwise);
    }
    return session;
  }

  private reported({ id }: Session, failure: Failure): Failure {
    const session = this.parts.store.find(id); // what the failure says of it may have been noted since
    return session === undefined ? failure : failureToReport(session, failure, this.timeline.nowFor(session));
  }

  private find(id: string): Session {
    const session = this.parts.store.find(id);
    if (session === undefined) {
      throw new Failure('signedOut');
    }
    return session;
  }
}

function outcomeOf(before: Session, session: Session): RefreshOutcome {
  if (session.state === 'rejected') {
    throw new Failure('tokenRejected', { host: hostOf(session.account) });
  }
  return { session, isNewToken: session.tokens.accessToken !== before.tokens.accessToken };
}
