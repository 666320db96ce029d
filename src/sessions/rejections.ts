import { checkToken } from '../oauth/checkToken';
import { Failure, isFailure } from '../oauth/failure';
import type { HttpClient } from '../oauth/httpClient';
import type { ClientStore } from './clientStore';
import type { Clock } from './clock';
import { failureToReport } from './failedRefresh';
import type { Log } from './ports';
import type { Refresher } from './refresher';
import { remedyOf } from './remedy';
import type { Session } from './session';
import type { SessionStore } from './sessionStore';
import { endedNow } from './tokens';

/** The question about one token ends within this (milliseconds). */
const checkLimit = 10_000;

/** What came of the news that an environment refuses a token with 401 `invalid_token`. */
export type Rejection =
  /** There is a new token. */
  | { readonly kind: 'renewed'; readonly session: Session }
  /** The identity server considers it valid: it is the environment that does not take it. */
  | { readonly kind: 'valid'; readonly session: Session }
  /** It is over, and only a new sign-in brings another. */
  | { readonly kind: 'signInAgain'; readonly session: Session }
  /** Not the token of any session: it was renewed since, or is none of ours. */
  | { readonly kind: 'unknown' }
  /** The identity server cannot be asked at the moment. */
  | { readonly kind: 'notNow'; readonly failure: Failure };

export interface RejectionsParts {
  readonly store: SessionStore;
  readonly refresher: Refresher;
  readonly clients: ClientStore;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tokens that died before their time: another tool's sign-in, a revocation, an idle timeout (facts 8.2 to 8.4). */
export class Rejections {
  /** By session: each token is looked into once, however many extensions report it. */
  private readonly reports = new Map<string, { readonly accessToken: string; readonly outcome: Promise<Rejection> }>();

  constructor(private readonly parts: RejectionsParts) {}

  /** Never throws. Acts only on the token that a session holds now. */
  async report(accessToken: string): Promise<Rejection> {
    const sessions = await this.parts.store.load().catch(() => []);
    const session = sessions.find(({ tokens }) => tokens.accessToken === accessToken);
    if (session === undefined) {
      return { kind: 'unknown' };
    }
    const earlier = this.reports.get(session.id);
    if (earlier?.accessToken === accessToken) {
      return await earlier.outcome;
    }
    const looking = this.lookInto(session);
    this.reports.set(session.id, { accessToken, outcome: looking });
    const outcome = await looking;
    if (outcome.kind === 'notNow') {
      this.reports.delete(session.id); // the weather decided nothing
    }
    this.parts.log.info(`rejected token: ${outcome.kind}`, { session: session.id });
    return outcome;
  }

  private async lookInto(session: Session): Promise<Rejection> {
    try {
      return await this.decide(session);
    } catch (error) {
      return this.notNow(session, isFailure(error) ? error : new Failure('sessionsUnreadable'));
    }
  }

  private async decide(session: Session): Promise<Rejection> {
    try {
      const remembered = this.parts.refresher.failures.recall(session);
      if (remembered !== undefined) {
        return this.notNow(session, remembered);
      }
      const renewed = session.tokens.refreshToken === undefined ? session : await this.renewed(session);
      if (renewed.tokens.accessToken !== session.tokens.accessToken) {
        return { kind: 'renewed', session: renewed };
      }
      if ((await this.check(session)) === 'valid') {
        return { kind: 'valid', session };
      }
      await (session.tokens.refreshToken === undefined ? this.markEnded(session) : this.markRejected(session));
      return this.signInAgain(session);
    } catch (error) {
      if (!isFailure(error) || error.code !== 'signInAgain') {
        throw error;
      }
      await this.markEnded(session); // refused by the environment, and nothing can renew it
      return this.signInAgain(session);
    }
  }

  private notNow(session: Session, failure: Failure): Rejection {
    return { kind: 'notNow', failure: failureToReport(session, failure, this.parts.clock.now()) };
  }

  /** With the session as it is now: it tells whether to sign in again or to renew, or that the token has expired since. */
  private signInAgain(reported: Session): Rejection {
    const session = this.parts.store.find(reported.id) ?? reported;
    const isRefreshable = remedyOf(session, this.parts.clock.now()) === undefined;
    return { kind: isRefreshable ? 'renewed' : 'signInAgain', session };
  }

  private async renewed(session: Session): Promise<Session> {
    try {
      return await this.parts.refresher.refresh(session).session;
    } catch (error) {
      if (isFailure(error) && error.code === 'tokenUnchanged') {
        return session;
      }
      throw error;
    }
  }

  private async check({ account, tokens }: Session): Promise<'valid' | 'notValid'> {
    const { clients, clock, http } = this.parts;
    const host = new URL(account.identityServer).host;
    const client = await clients.find(account.identityServer, account.clientId);
    if (client === undefined) {
      throw new Failure('clientUnknown', { host });
    }
    const limit = new AbortController();
    const stopTimer = clock.after(checkLimit, () => {
      limit.abort();
    });
    try {
      return await checkToken(http, account.identityServer, client, tokens.accessToken, limit.signal);
    } catch (error) {
      throw isFailure(error) && error.code === 'cancelled' ? new Failure('timeout', { host }) : error;
    } finally {
      stopTimer();
    }
  }

  private async markEnded({ id, tokens }: Session): Promise<void> {
    const now = this.parts.clock.now();
    await this.parts.store.change((sessions) =>
      sessions.map((stored) =>
        stored.id === id && stored.tokens.accessToken === tokens.accessToken
          ? { ...stored, state: 'signInAgain', tokens: endedNow(stored.tokens, now) }
          : stored,
      ),
    );
  }

  private async markRejected({ id, tokens }: Session): Promise<void> {
    await this.parts.store.change((sessions) =>
      sessions.map((stored) =>
        stored.id === id && stored.tokens.accessToken === tokens.accessToken
          ? { ...stored, state: 'rejected' }
          : stored,
      ),
    );
  }
}
