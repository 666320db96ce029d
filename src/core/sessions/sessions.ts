import type { Clock } from '../base/clock';
import type { Failure } from '../base/failure';
import { once } from '../base/once';
import type { Random } from '../base/random';
import type { CallLimits } from '../calls/callLimits';
import type { SessionCheck } from '../calls/sessionCheck';
import type { Outage } from '../calls/failureMemory';
import type { Recorder } from '../history/recorder';
import { isSameAccount } from '../model/account';
import { isForgottenSince } from '../model/forgotten';
import type { Session } from '../model/session';
import { timeLeft } from '../model/tokens';
import { signInGranted } from '../model/transitions';
import type { SessionStore } from '../storage/sessionStore';
import { defaultWait, FreshSession } from './freshSession';
import type { ManualRefresh, RefreshOutcome } from './manualRefresh';
import type { RefreshReason } from './ongoingRefresh';
import type { Refresher } from './refresher';
import { ReplacedTokens } from './replacedTokens';
import { SessionList } from './sessionList';
import type { SignedIn } from '../calls/signInAttempt';
import type { SignOut, SignOutOutcome } from './signOut';
import { storedSession } from './storedSession';
import { Timeline } from './timeline';

export interface Activity {
  readonly isRefreshing: boolean;
  /** Why the last refresh failed, if it did. */
  readonly outage: Outage | undefined;
}

export interface SessionsParts {
  readonly store: SessionStore;
  readonly refresher: Refresher;
  readonly revoker: { revoke(session: Session): Promise<'revoked' | Failure> };
  readonly limits: () => Promise<CallLimits>;
  readonly check: Pick<SessionCheck, 'isValid'>;
  readonly recorder: Pick<Recorder, 'used' | 'happened'>;
  readonly clock: Clock;
  readonly random: Random;
  /** Code that most windows never run; the first call loads it. */
  readonly lazyModules: {
    manualRefresh(): Promise<Pick<typeof import('./manualRefresh'), 'ManualRefresh'>>;
    signOut(): Promise<Pick<typeof import('./signOut'), 'SignOut'>>;
  };
}

/** All operations on sessions. Every token that the extension shows or returns comes from here. */
export class Sessions {
  private readonly sessionList: SessionList;
  private readonly freshSession: FreshSession;
  private readonly loadManualRefresh: () => Promise<ManualRefresh>;
  private readonly loadSignOut: () => Promise<SignOut>;
  private readonly timeline: Timeline;
  private readonly replaced: ReplacedTokens;

  constructor(private readonly parts: SessionsParts) {
    const timeline = (this.timeline = new Timeline(parts.clock));
    this.replaced = new ReplacedTokens(parts.clock);
    this.sessionList = new SessionList(parts.store, parts.clock);
    this.freshSession = new FreshSession({ ...parts, timeline });
    const { freshSession } = this;
    this.loadManualRefresh = once(async () => {
      const { ManualRefresh } = await parts.lazyModules.manualRefresh();
      return new ManualRefresh({ ...parts, limits: await parts.limits(), timeline, freshSession });
    });
    this.loadSignOut = once(async () => {
      const { SignOut } = await parts.lazyModules.signOut();
      return new SignOut(parts);
    });
    parts.store.onDidChange((changes) => {
      this.replaced.record(changes);
      timeline.check(parts.store.sessions); // the store has just read these with the current clock
    });
  }

  /** The sessions that this window knows without waiting, the last signed in first. */
  get known(): readonly Session[] {
    return this.sessionList.known;
  }

  /** Why the stored sessions cannot be read or written, if so. */
  get problem(): Failure | undefined {
    return this.sessionList.problem;
  }

  /** All sessions. Reads the secret storage once, and sends no request. */
  async list(): Promise<readonly Session[]> {
    return await this.sessionList.all();
  }

  /** As `list`, but if the keyring is slow, only what is known by then. */
  async listSoon(): Promise<readonly Session[]> {
    return await this.sessionList.soon();
  }

  /**
   * As `list`, for a caller who will use or change them.
   *
   * @param look `always` reads the storage even if nothing suggests that there is a session: for a user who signs
   *   in or out
   * @throws {Failure} `storeNewer` when a newer version has stored them, `sessionsUnreadable` when the keyring does not
   *   answer
   */
  async usable(look: 'ifExpected' | 'always' = 'ifExpected'): Promise<readonly Session[]> {
    return await this.sessionList.usable(look);
  }

  /** The state of a session that is not stored: a refresh in progress, and the last failure. */
  activity(session: Session): Activity {
    const { refresher } = this.parts;
    return { isRefreshing: refresher.ongoing(session.id) !== undefined, outage: refresher.failures.outage(session) };
  }

  /** Of the access token, in milliseconds: right even if the clock was set back while this window was open. */
  timeLeft(session: Session): number {
    return timeLeft(session.tokens, this.timeline.nowFor(session));
  }

  /**
   * The session with a valid token: at once while more than a minute is left, otherwise after a refresh. During an
   * outage, a token that is still valid is returned.
   *
   * @param wait milliseconds to wait for the network, counted from the start of a request that is already in progress
   * @param minimum for how long the caller needs the token (milliseconds): if less is left, a refresh is tried
   * @throws {Failure} when the token has expired and cannot be refreshed now (`signInAgain`: not at all)
   */
  async fresh(id: string, wait = defaultWait, minimum = 0): Promise<Session> {
    return await this.freshSession.get(id, wait, minimum);
  }

  /**
   * Requests a token now, because the user asked for it: remembered failures are cleared. A second manual refresh
   * within ten seconds, in this window or another, returns the result of the first.
   *
   * @throws {Failure} `askedJustNow` when it is too soon for another request, and there is no new token; `rateLimited`
   *   while the server accepts no requests
   */
  async refreshNow(id: string, reason: RefreshReason = 'manual'): Promise<RefreshOutcome> {
    return await (await this.loadManualRefresh()).run(id, reason);
  }

  /**
   * Stores a new sign-in. Signing in again as the same account replaces its session, and keeps the account's name.
   *
   * @throws {Failure} `signedOut` when everything was forgotten since
   */
  async add(signIn: SignedIn): Promise<Session> {
    const { store, clock, random, refresher } = this.parts;
    const { account, answer, startedAt } = signIn;
    const id = random.id();
    this.timeline.check(store.sessions); // before there is a token that came after the clock was set back
    await store.changeNowOrLater((sessions) => {
      if (isForgottenSince(startedAt, store.forgottenAt, clock.now())) {
        return sessions;
      }
      const same = sessions.find((session) => isSameAccount(session.account, account));
      const isSpent = same !== undefined && this.replaced.isReplaced(same.id, answer.refreshToken, startedAt);
      const session = signInGranted(same, id, signIn, isSpent, clock.now());
      return [...sessions.filter((other) => other !== same), session];
    });
    const session = storedSession(store, id);
    refresher.failures.forget(session);
    return session;
  }

  /**
   * Removes the session here, then revokes its tokens at the identity server if `where` says so. Undefined if there is
   * no such session.
   *
   * @throws {Failure} `sessionsUnreadable` when the keyring does not answer
   */
  async signOut(id: string, where: 'here' | 'atReltioToo'): Promise<SignOutOutcome | undefined> {
    return await (await this.loadSignOut()).run(id, where);
  }

  /**
   * Revokes the tokens of a session at the identity server, so that the next sign-in returns new ones.
   *
   * @throws {Failure} when they may still be valid; then nothing has changed here
   */
  async revokeToRenew(id: string): Promise<void> {
    await (await this.loadSignOut()).revokeOnly(id);
  }

  /** Whether something is stored that may be a session but cannot be read. */
  get hasUnreadable(): boolean {
    return this.parts.store.hasUnreadable;
  }

  /**
   * Removes unreadable entries if there is no readable session: a user who signs out wants nothing to stay.
   *
   * @throws {Failure}
   */
  async removeUnreadable(): Promise<void> {
    await this.parts.store.change((sessions) => (sessions.length === 0 ? [] : sessions));
  }
}
