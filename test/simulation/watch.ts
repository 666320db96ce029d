import type { HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';
import { retryAfterMs } from '../../src/core/oauth/retryAfter';
import { parseTokenResponse } from '../../src/core/oauth/tokenResponse';
import { accountLabel, refreshLock } from '../../src/core/model/account';
import { longestRetryAfter } from '../../src/core/calls/serverWait';
import type { Session } from '../../src/core/model/session';
import type { SessionDocument } from '../../src/core/storage/sessionDocument';
import { parseState } from '../../src/core/storage/stateFile';
import type { Travel } from './network';
import { Patience } from './patience';
import { Refusals } from './refusals';
import type { Process } from './process';
import { simulationStart, type Scheduler } from './scheduler';
import type { Server } from './server';

interface Delivered {
  readonly refreshToken: string;
  readonly to: Process;
  readonly at: number;
}

/** A refresh token that came must be stored within this much time in which its window ran (milliseconds). */
const storedWithin = 60_000;
/** A refresh may wait for another window's before it is sent, longer than whoever asked for it (milliseconds). */
const askedWithin = 60_000;
/** Between a window's last look at its lock and what it does then, another may take the lock (milliseconds). */
const justTaken = 20;
/** Between a window's last reading and its request it waits for the pace, and up to 5 s for the server (milliseconds). */
const readBefore = 6_500;
/** Between taking the right to a call and sending it, and between hearing of a wait and noting it, the disk is asked (milliseconds). */
const diskTime = 60;

/** Somebody was asked to leave the server alone. */
interface AskedToWait {
  readonly by: Process;
  readonly at: number;
  readonly until: number;
}

/** Watches the rules of DESIGN section 7 from outside: what went over the wire, what was stored, what was handed out. */
export class Watch {
  violation: string | undefined;
  readonly patience = new Patience();
  private readonly refusals = new Refusals();
  readonly counts = {
    tokenRequests: 0,
    refreshes: 0,
    faults: 0,
    handedOut: 0,
    refused: 0,
    reported: 0,
    renewed: 0,
    passwords: 0,
    written: 0,
  };
  private readonly open: Travel[] = [];
  private starts: { readonly by: Process; readonly at: number }[] = [];
  private waits: AskedToWait[] = [];
  private owed: Delivered[] = [];
  /** What is durable. */
  private document: SessionDocument | undefined;
  private readonly signedOut = new Set<string>();
  /** Refresh tokens that a window stored no more because their account was signed out, be it signed in again by now. */
  private readonly letGo = new Set<string>();
  private readonly labels = new Map<string, string>();
  /** By whom and when another refresh token was stored in the place of this one, and when it was last sent before. */
  private readonly spent = new Map<string, { readonly by: Process; readonly at: number; readonly sentAt: number }>();
  private readonly lastSent = new Map<string, number>();
  private readonly refreshTokens = new Map<string, string>();
  /** Every access token that was ever given to the secret storage. */
  private readonly stored = new Set<string>();
  /** The locks of the accounts that ever had this refresh token. */
  private readonly locksOf = new Map<string, Set<string>>();
  /** What was last refused for good, of each window: the refresh token, and when the window heard of it. */
  private readonly refusedForGood = new Map<Process, { readonly refreshToken: string; readonly at: number }>();
  private readonly names = new Map<string, string>();
  /** When somebody in a window last waited for a token. */
  private readonly asking = new Map<Process, number>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly server: Server,
  ) {}

  broken(rule: string): void {
    this.violation ??= rule;
  }

  /** The last things that happened, oldest first, for whoever looks into a broken rule. */
  readonly story: string[] = [];

  tell(line: string): void {
    if (this.story.length >= 60) {
      this.story.shift();
    }
    this.story.push(`${((this.scheduler.now - simulationStart) / 1000).toFixed(2)} s: ${line}`);
  }

  private name(token: string | undefined): string {
    if (token === undefined) {
      return 'none';
    }
    const known = this.names.get(token) ?? `t${this.names.size + 1}`;
    this.names.set(token, known);
    return known;
  }

  private namesIn(document: SessionDocument | undefined): string {
    const sessions = (document?.sessions ?? []).map(
      ({ id, state, account, tokens }) =>
        `${account.user ?? ''} ${id} ${state} ${this.name(tokens.accessToken)} ${this.name(tokens.refreshToken)}`,
    );
    return `revision ${document?.revision ?? 0}: ${sessions.join(', ')}`;
  }

  /** Somebody in this window waits for a token, until the returned function is called. */
  asks(process: Process): () => void {
    this.asking.set(process, Infinity);
    return () => {
      this.asking.set(process, this.scheduler.now);
    };
  }

  sent(travel: Travel): void {
    const { by, form, path } = travel;
    this.tell(`${by.name} sends ${path} ${form['grant_type'] ?? ''} ${this.name(form['refresh_token'])}`);
    if (travel.misfortune !== undefined) {
      this.counts.faults += 1;
      this.refusals.fault(this.scheduler.now);
    }
    if (path !== '/oauth/token') {
      return;
    }
    this.counts.tokenRequests += 1;
    this.checkPace(travel);
    this.checkWaits(travel);
    if (form['grant_type'] !== 'refresh_token') {
      this.counts.passwords += 1;
      return;
    }
    this.counts.refreshes += 1;
    const askedAt = Math.max(this.asking.get(by) ?? -Infinity, by.lastStoppedAt);
    if (travel.sentAt - askedAt > askedWithin) {
      this.broken('a refresh that nobody asked for');
    }
    this.checkAlone(travel);
    this.checkLock(by, form['refresh_token'] ?? '', travel.sentAt);
    this.checkSpent(travel, form['refresh_token'] ?? '');
    this.lastSent.set(form['refresh_token'] ?? '', travel.sentAt);
    if (this.server.users.length === 1 && !this.patience.allows(travel)) {
      this.broken('the server was asked again before its time');
    }
    this.open.push(travel);
  }

  private checkSpent({ by, sentAt }: Travel, refreshToken: string): void {
    const spent = this.spent.get(refreshToken);
    if (spent?.by.alive !== true) {
      return;
    }
    const slept = [by, spent.by].some((one) => one.wasStoppedSince(spent.at - 30_000));
    // A lock looks abandoned to whoever comes when the clock has been set forward under it; who then reads before the write
    // sends what was stored.
    const { setForward } = by.machine;
    const looksFree = setForward.some((time) => time >= spent.sentAt && time <= spent.at);
    if (!slept && !(looksFree && sentAt - spent.at < readBefore)) {
      this.broken('a refresh token was sent after a newer one was stored');
    }
  }

  /** Whether a window refreshes under a lock that another had taken by then, well before it could last look. */
  private checkLock(by: Process, refreshToken: string, sentAt: number): void {
    if (this.isTaken(by, refreshToken, sentAt - justTaken)) {
      this.broken('a refresh was sent by a window whose lock another had taken');
    }
  }

  private isTaken(by: Process, refreshToken: string, before: number): boolean {
    const turns = [...(this.locksOf.get(refreshToken) ?? [])].map((lock) => by.machine.lastTurns.get(lock));
    return turns.length > 0 && turns.every((turn) => turn !== undefined && turn.by !== by && turn.at < before);
  }

  private checkPace({ by, sentAt }: Travel): void {
    this.starts = [...this.starts, { by, at: sentAt }].filter(({ at }) => sentAt - at < 1_000 - diskTime);
    const { jumpedAt } = by.machine;
    // Who was stopped after it had taken its right sends later, and a clock that was set says nothing of a second.
    const counted = this.starts.filter((start) => !start.by.wasStoppedSince(start.at - 2_000));
    if (counted.length > 5 && sentAt - jumpedAt > 2_000) {
      this.broken('more than 5 token calls in a second on the machine');
    }
  }

  private checkWaits({ by, sentAt }: Travel): void {
    this.waits = this.waits.filter(({ until }) => until > sentAt);
    const ignored = this.waits.some((wait) => {
      const isNoted = wait.by.alive ? !wait.by.wasStoppedSince(wait.at) : false;
      const { jumpedAt } = by.machine;
      return isNoted && sentAt - wait.at > diskTime && !by.wasStoppedSince(wait.at - 2_000) && jumpedAt < wait.at;
    });
    if (ignored) {
      this.broken('a token was requested although the server had asked to wait');
    }
  }

  private checkAlone(travel: Travel): void {
    const owner = this.server.ownerOf(travel.form['refresh_token'] ?? '');
    for (const other of [...this.open]) {
      if (!other.isOpen || !other.by.alive) {
        this.open.splice(this.open.indexOf(other), 1);
      } else if (
        this.server.ownerOf(other.form['refresh_token'] ?? '') === owner &&
        !other.by.wasStoppedSince(other.sentAt - 5_000) &&
        !travel.by.wasStoppedSince(travel.sentAt - 5_000) &&
        other.by.machine.jumpedAt < other.sentAt - 5_000
      ) {
        this.broken('two refreshes of one session in flight');
      }
    }
  }

  served({ form, path }: Travel, { body, status }: HttpResponse): void {
    const token = path === '/oauth/token' && status === 200 ? parseTokenResponse(JSON.parse(body) as never) : undefined;
    const refreshToken = token?.kind === 'granted' ? token.refreshToken : undefined;
    const owner = form['username'] ?? this.server.ownerOf(form['refresh_token'] ?? '');
    if (refreshToken !== undefined && owner !== undefined) {
      this.server.gave(refreshToken, owner);
    }
  }

  received(travel: Travel, result: HttpResponse | TransportFailure): void {
    const { by, path } = travel;
    if (path === '/oauth/token') {
      this.patience.remember(travel, result, this.scheduler.now);
      this.rememberWait(by, result);
    }
    const what = result.kind === 'failure' ? result.code : String(result.status);
    const text = result.kind === 'failure' ? '' : result.body;
    const refresh = /"refresh_token":"([^"]+)"/.exec(text)?.[1];
    this.tell(`${by.name} gets ${what} ${refresh === undefined ? '' : this.name(refresh)}`);
    this.rememberRefusal(travel, result);
    if (path !== '/oauth/token' || result.kind !== 'response' || result.status !== 200) {
      return;
    }
    const refreshToken = /"refresh_token":"([^"]+)"/.exec(result.body)?.[1];
    if (refreshToken !== undefined) {
      this.owed.push({ refreshToken, to: by, at: this.scheduler.now });
    }
  }

  private rememberRefusal({ by, form }: Travel, result: HttpResponse | TransportFailure): void {
    const refreshToken = form['refresh_token'];
    if (refreshToken === undefined) {
      return;
    }
    if (result.kind === 'response' && [400, 401].includes(result.status)) {
      this.refusedForGood.set(by, { refreshToken, at: this.scheduler.now });
    }
  }

  /** Whether this window gives a refresh token up after a refusal that came when another had its lock already. */
  private checkGivenUp(by: Process, before: Session, after: Session | undefined): void {
    const refused = this.refusedForGood.get(by);
    const { refreshToken } = before.tokens;
    const isGivenUp = after?.state === 'signInAgain' && after.tokens.refreshToken === undefined;
    const isRefused = refreshToken !== undefined && refused?.refreshToken === refreshToken;
    if (!isGivenUp || !isRefused || this.signedOut.has(before.account.user ?? '')) {
      return;
    }
    if (this.isTaken(by, refreshToken, refused.at - justTaken)) {
      this.broken('a refresh token was given up by a window whose lock another had taken');
    }
  }

  /** A revision that `state.json` has announced is used up: some window may have seen it. */
  private checkRevision(by: Process, { storeId, revision }: SessionDocument): void {
    const { stateFile } = by.machine;
    const announced = stateFile === undefined ? undefined : parseState(stateFile);
    const overslept = by.wasStoppedSince(this.scheduler.now - 30_000);
    if (announced?.storeId === storeId && revision <= announced.revision && !overslept) {
      this.broken('a revision was used again that had been announced');
    }
  }

  private rememberWait(by: Process, result: HttpResponse | TransportFailure): void {
    const { now } = this.scheduler;
    const isAsked = result.kind === 'response' && [429, 503].includes(result.status);
    const asked = isAsked ? Math.min(retryAfterMs(result.headers) ?? 0, longestRetryAfter) : 0;
    if (asked > 0) {
      this.waits.push({ by, at: now, until: now + asked - 1 });
    }
  }

  /** The person said that this account is to be signed out. */
  signsOut(userName: string): void {
    this.tell(`${userName} signs out`);
    this.signedOut.add(userName);
  }

  signsIn(userName: string): void {
    this.signedOut.delete(userName);
  }

  /** A window gave this to the secret storage. */
  storing(by: Process, document: SessionDocument): void {
    this.tell(`${by.name} stores ${this.namesIn(document)}`);
    this.checkRevision(by, document);
    for (const before of this.document?.sessions ?? []) {
      this.checkGivenUp(
        by,
        before,
        document.sessions.find(({ id }) => id === before.id),
      );
    }
    if (document.sessions.some(({ tokens }) => !this.stored.has(tokens.accessToken))) {
      this.patience.forget('every window'); // whoever learns of a new token knows that the server answers
    }
    for (const { account, tokens } of this.document?.sessions ?? []) {
      if (tokens.refreshToken !== undefined && this.signedOut.has(account.user ?? '')) {
        this.letGo.add(tokens.refreshToken);
      }
    }
    for (const { id, account, tokens } of document.sessions) {
      this.stored.add(tokens.accessToken);
      const before = this.refreshTokens.get(id);
      if (tokens.refreshToken !== undefined) {
        const locks = this.locksOf.get(tokens.refreshToken) ?? new Set<string>();
        this.locksOf.set(tokens.refreshToken, locks.add(refreshLock(account)));
        if (before !== undefined && before !== tokens.refreshToken) {
          const { now } = this.scheduler;
          this.spent.set(before, { by, at: now, sentAt: this.lastSent.get(before) ?? now });
        }
        this.refreshTokens.set(id, tokens.refreshToken);
        this.spent.delete(tokens.refreshToken);
      }
    }
  }

  written(before: SessionDocument | undefined, after: SessionDocument): void {
    this.counts.written += 1;
    this.document = after;
    this.tell(`written: ${this.namesIn(after)}`);
    const kept = new Set(after.sessions.map(({ tokens }) => tokens.refreshToken));
    for (const { account, tokens } of before?.sessions ?? []) {
      const { refreshToken } = tokens;
      if (refreshToken === undefined || kept.has(refreshToken) || this.letGo.has(refreshToken)) {
        continue;
      }
      const replaced = after.sessions.some(
        (session) =>
          session.account.user === account.user &&
          session.tokens.refreshToken !== undefined &&
          this.server.takes(session.tokens.refreshToken),
      );
      if (this.server.takes(refreshToken) && !replaced && !this.signedOut.has(account.user ?? '')) {
        this.broken('a refresh token was dropped that the server would still take');
      }
    }
    if (before !== undefined && before.storeId !== after.storeId) {
      this.broken('the store became another store');
    }
    after.sessions.forEach((session) => {
      this.checkLabel(session);
    });
    const accounts = after.sessions.map(({ account }) => account.user?.toLowerCase());
    if (new Set(accounts).size !== accounts.length) {
      this.broken('one account has two sessions');
    }
  }

  private checkLabel({ id, account }: Session): void {
    const label = accountLabel(account);
    if ((this.labels.get(id) ?? label) !== label) {
      this.broken('the name of an account changed');
    }
    this.labels.set(id, label);
  }

  /** A window had no token to give for this session. */
  refused(by: Process, { id }: Session, error: unknown): void {
    this.counts.refused += 1;
    this.tell(`${by.name} refuses ${id}: ${String(error)}`);
    if (this.refusals.isTooLong(by, id, error)) {
      this.broken('a caller was refused for more than 5 s by a healthy server');
    }
  }

  /** A window gave somebody this session's token. */
  handedOut(by: Process, { id, tokens }: Session): void {
    this.counts.handedOut += 1;
    this.refusals.answered(by, id);
    const setBack = by.machine.setBack.some((time) => by.startedAt >= time);
    // Stopped between the last look at the clock and the hand-out: nobody can look any later.
    const isJustAwake = this.scheduler.now === by.lastStoppedAt;
    if (this.server.overdue(tokens.accessToken) > 0 && !tokens.expiryIsEstimate && !setBack && !isJustAwake) {
      this.broken(`a token was handed out ${this.server.overdue(tokens.accessToken)} ms after its end`);
    }
    if (!this.stored.has(tokens.accessToken)) {
      this.broken('a token was handed out before it was stored');
    }
  }

  /** Whether a rule is broken by now. Looked at after every step. */
  check(stored: string | undefined): boolean {
    if (this.owed.length > 0) {
      this.owed = this.owed.filter((delivered) => this.isOwed(delivered, stored));
    }
    return this.violation !== undefined;
  }

  /** Whether the account has another refresh token that is good: of a sign-in that came in between. */
  private signedInAnew(userName: string): boolean {
    return (this.document?.sessions ?? []).some(
      ({ account, tokens: { refreshToken } }) =>
        account.user === userName && refreshToken !== undefined && this.server.takes(refreshToken),
    );
  }

  private isOwed({ refreshToken, to, at }: Delivered, stored: string | undefined): boolean {
    const owner = this.server.ownerOf(refreshToken) ?? '';
    if (stored?.includes(refreshToken) === true || !to.alive || this.signedOut.has(owner)) {
      return false;
    }
    if (!this.server.takes(refreshToken) || this.signedInAnew(owner)) {
      return false;
    }
    if (this.scheduler.now - Math.max(at, to.lastStoppedAt) > storedWithin && !to.isStopped) {
      this.broken('a refresh token that came was not stored');
    }
    return true;
  }
}
