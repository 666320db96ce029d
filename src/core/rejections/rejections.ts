import { asFailure, Failure, isFailure } from '../base/failure';
import type { CallLimits } from '../calls/callLimits';
import type { SessionCheck } from '../calls/sessionCheck';
import type { Clock } from '../base/clock';
import { hostOf } from '../model/account';
import { failureToReport } from '../model/failureToReport';
import type { Log } from '../base/log';
import type { Refresher } from '../sessions/refresher';
import { remedyOf } from '../model/remedy';
import type { Session } from '../model/session';
import type { SessionStore } from '../storage/sessionStore';
import { isExpired } from '../model/tokens';
import { canRefresh, isCheckedFirst } from '../model/refreshMeans';
import { accessTokenRejected } from '../model/transitions';

/** A report about a session is checked at most once in this time, over all windows (milliseconds). */
const reportPeriod = 10_000;
/** An outcome is valid for this long: then a role may be granted, or an environment repaired (milliseconds). */
const outcomeValidity = 60_000;

/** The outcome of a report that an environment rejected a token with 401 `invalid_token`. */
export type Rejection =
  /** There is a new token. */
  | { readonly kind: 'refreshed'; readonly session: Session }
  /** The identity server considers it valid: only the environment rejects it. */
  | { readonly kind: 'valid'; readonly session: Session }
  /** It is no longer valid, and only a new sign-in can get another. */
  | { readonly kind: 'signInAgain'; readonly session: Session }
  /** No session has this token: it was refreshed since, or is not ours. */
  | { readonly kind: 'unknown' }
  /** The token cannot be checked at the moment, or is known to be not valid (`isNotValid`) and cannot be refreshed. */
  | { readonly kind: 'notNow'; readonly failure: Failure; readonly isNotValid?: boolean };

export interface RejectionsParts {
  readonly store: SessionStore;
  readonly refresher: Refresher;
  readonly limits: CallLimits;
  readonly check: Pick<SessionCheck, 'isValid'>;
  readonly clock: Clock;
  readonly log: Log;
}

interface Report {
  readonly accessToken: string;
  readonly outcome: Promise<Rejection>;
  /** By the steady clock; undefined while there is no outcome. */
  answeredAt?: number;
}

/** Handles reports of tokens that became invalid early: by another tool's sign-in, a revocation or an idle timeout. */
export class Rejections {
  /** By session: however many extensions report a token, it is checked at most once a minute. */
  private readonly reports = new Map<string, Report>();

  constructor(private readonly parts: RejectionsParts) {
    parts.store.onDidChange(({ removed }) => {
      removed.forEach(({ id }) => this.reports.delete(id)); // forget sessions that were signed out
    });
  }

  /**
   * Never throws. Acts only on the token that a session holds now.
   *
   * @param how `checkFirst`: it is not known whether this token was rejected, so nothing is requested unless Reltio says that
   *   it is not valid
   */
  async report(accessToken: string, how: 'refreshFirst' | 'checkFirst' = 'refreshFirst'): Promise<Rejection> {
    const { clock, log, store } = this.parts;
    let sessions: readonly Session[];
    try {
      sessions = await store.load();
    } catch {
      return { kind: 'notNow', failure: new Failure('sessionsUnreadable') };
    }
    const holders = sessions.filter(({ tokens }) => tokens.accessToken === accessToken);
    const session = holders.find(canRefresh) ?? holders[0]; // the user may have pasted the token of another account
    if (session === undefined) {
      return { kind: 'unknown' };
    }
    if (isKnownToBeInvalid(session, clock.now())) {
      return { kind: 'signInAgain', session };
    }
    const earlier = this.reports.get(session.id);
    if (earlier?.accessToken === accessToken && !isOutdated(earlier, clock.steady())) {
      return await earlier.outcome;
    }
    const report: Report = { accessToken, outcome: this.followUp(session, how === 'checkFirst') };
    this.reports.set(session.id, report);
    const outcome = await report.outcome;
    report.answeredAt = clock.steady();
    const isKept = outcome.kind === 'valid' || outcome.kind === 'refreshed'; // the other outcomes are inconclusive, or are stored
    if (!isKept && this.reports.get(session.id) === report) {
      this.reports.delete(session.id);
    }
    log.info(`rejected token: ${outcome.kind}`, { session: session.id });
    return outcome;
  }

  private async followUp(session: Session, checkFirst: boolean): Promise<Rejection> {
    try {
      return await this.decide(session, checkFirst);
    } catch (error) {
      return this.notNow(session, asFailure(error) ?? new Failure('sessionsUnreadable'));
    }
  }

  private async decide(session: Session, checkFirst: boolean): Promise<Rejection> {
    let isNotValid = false;
    try {
      const remembered = this.parts.refresher.failures.recall(session);
      if (remembered !== undefined) {
        return this.notNow(session, remembered);
      }
      const wait = await this.parts.limits.take('rejected', reportPeriod, session.id);
      if (wait > 0) {
        return await this.reportedJustNow(session, wait);
      }
      const isFirst = checkFirst || isCheckedFirst(session, this.parts.clock.now());
      if (isFirst && (await this.parts.check.isValid(session))) {
        return { kind: 'valid', session };
      }
      isNotValid = isFirst;
      const refreshed = canRefresh(session) ? await this.refreshed(session) : session;
      if (refreshed.tokens.accessToken !== session.tokens.accessToken) {
        return { kind: 'refreshed', session: refreshed };
      }
      if (!isFirst && (await this.parts.check.isValid(session))) {
        return { kind: 'valid', session };
      }
      await this.markRejected(session);
      return this.signInAgain(session);
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      if (error.code === 'signInAgain') {
        await this.markRejected(session); // the environment rejected it, and it cannot be refreshed
        return this.signInAgain(session);
      }
      return { ...this.notNow(session, error), isNotValid };
    }
  }

  /** Another window may be checking the same token at this moment, and get a new one. */
  private async reportedJustNow(session: Session, wait: number): Promise<Rejection> {
    const retryAt = Math.ceil(this.parts.clock.now() + wait);
    const latest = await this.parts.refresher.latest(session);
    if (latest.tokens.accessToken !== session.tokens.accessToken) {
      return { kind: 'refreshed', session: latest };
    }
    return isKnownToBeInvalid(latest, this.parts.clock.now())
      ? { kind: 'signInAgain', session: latest }
      : { kind: 'notNow', failure: new Failure('askedJustNow', { host: hostOf(session.account), retryAt }) };
  }

  private notNow(session: Session, failure: Failure): Rejection & { kind: 'notNow' } {
    return { kind: 'notNow', failure: failureToReport(session, failure, this.parts.clock.now()) };
  }

  /**
   * Uses the session as it is now: it needs a sign-in or a renewal, or its token has expired since and can be
   * refreshed.
   */
  private signInAgain(reported: Session): Rejection {
    const session = this.parts.store.find(reported.id) ?? reported;
    const isRefreshable = remedyOf(session, this.parts.clock.now()) === undefined;
    return { kind: isRefreshable ? 'refreshed' : 'signInAgain', session };
  }

  private async refreshed(session: Session): Promise<Session> {
    try {
      return await this.parts.refresher.refresh(session).session;
    } catch (error) {
      if (isFailure(error) && error.code === 'tokenUnchanged') {
        return session;
      }
      throw error;
    }
  }

  private async markRejected({ id, tokens }: Session): Promise<void> {
    await this.parts.store.update(
      (stored) => stored.id === id,
      (stored) => accessTokenRejected(stored, tokens.accessToken, this.parts.clock.now()),
    );
  }
}

function isOutdated({ answeredAt }: Report, steady: number): boolean {
  return answeredAt !== undefined && steady - answeredAt >= outcomeValidity;
}

/** Whether an earlier report, in this window or another, has shown that this token is invalid. */
function isKnownToBeInvalid(session: Session, now: number): boolean {
  return session.state === (isExpired(session.tokens, now) ? 'signInAgain' : 'rejected');
}
