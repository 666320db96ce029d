import { within, type Clock } from '../base/clock';
import { Failure, isFailure } from '../base/failure';
import type { CallLimits } from '../calls/callLimits';
import type { SessionCheck } from '../calls/sessionCheck';
import { hostOf } from '../model/account';
import { accountKind } from '../model/accountKind';
import { signInRequired } from '../model/signInRequired';
import { canRefresh, isCheckedFirst } from '../model/refreshMeans';
import { remedyOf } from '../model/remedy';
import type { Session } from '../model/session';
import { isExpired } from '../model/tokens';
import { accessTokenRejected } from '../model/transitions';
import type { SessionStore } from '../storage/sessionStore';
import { defaultWait, type FreshSession } from './freshSession';
import type { RefreshReason } from './ongoingRefresh';
import type { Refresher } from './refresher';
import { storedSession } from './storedSession';
import type { Timeline } from './timeline';

/** A session is refreshed manually at most once in this time, over all windows (milliseconds). */
const period = 10_000;

/** The result of a manual refresh. */
export interface RefreshOutcome {
  readonly session: Session;
  /** False if Reltio returned the token that we already had, or considers it valid. */
  readonly isNewToken: boolean;
  /** Set if Reltio was asked about the token, and considers it valid: then no other was requested. */
  readonly isStillValid?: true;
  /** When the next request can be sent (milliseconds since 1970), if this refresh came too soon to send one. */
  readonly nextAt?: number;
}

export interface ManualRefreshParts {
  readonly store: SessionStore;
  readonly refresher: Refresher;
  readonly freshSession: FreshSession;
  readonly timeline: Timeline;
  readonly limits: CallLimits;
  readonly check: Pick<SessionCheck, 'isValid'>;
  readonly clock: Clock;
}

/** Refreshes that the user asks for. */
export class ManualRefresh {
  /** Refreshes in progress: a second click joins the first. */
  private readonly inProgress = new Map<string, Promise<RefreshOutcome>>();

  constructor(private readonly parts: ManualRefreshParts) {}

  async run(id: string, reason: RefreshReason): Promise<RefreshOutcome> {
    const joined = reason === 'manual' ? this.inProgress.get(id) : undefined;
    const refresh = joined ?? this.refresh(id, reason).finally(() => this.inProgress.delete(id));
    this.inProgress.set(id, refresh);
    return await refresh;
  }

  private async refresh(id: string, reason: RefreshReason): Promise<RefreshOutcome> {
    const { store, clock, limits, refresher, timeline } = this.parts;
    await store.load();
    const before = storedSession(store, id);
    timeline.check(store.sessions);
    const now = timeline.nowFor(before);
    if (!canRefresh(before) && !isExpired(before.tokens, now) && remedyOf(before, now) !== 'signIn') {
      throw new Failure(accountKind(before.account).notRefreshed, { host: hostOf(before.account) });
    }
    const joins = refresher.ongoing(id) !== undefined;
    if (canRefresh(before) && !joins && reason === 'manual') {
      await limits.requiredWait(before.account.identityServer);
      const wait = await limits.take('refresh', period, id);
      if (wait > 0) {
        return await this.justRefreshed(before, Math.ceil(clock.now() + wait));
      }
      if (isCheckedFirst(before, now)) {
        return (await this.isStillValid(before))
          ? { session: before, isNewToken: false, isStillValid: true }
          : await this.replaced(before);
      }
    }
    const ongoing = refresher.ongoing(id)?.session.catch(() => undefined);
    if (reason === 'newSecret' && ongoing !== undefined) {
      await within(clock, defaultWait, ongoing, () => undefined); // it may have started with the old secret
    }
    return await this.requested(before, reason);
  }

  /** The token is not valid any more. If Reltio returns it nevertheless, only a renewal of the sign-in brings another. */
  private async replaced(before: Session): Promise<RefreshOutcome> {
    const { store, clock } = this.parts;
    const outcome = await this.requested(before, 'manual');
    if (outcome.isNewToken) {
      return outcome;
    }
    await store.update(
      ({ id }) => id === before.id,
      (stored) => accessTokenRejected(stored, before.tokens.accessToken, clock.now()),
    );
    return outcomeOf(before, storedSession(store, before.id));
  }

  private async requested(before: Session, reason: RefreshReason): Promise<RefreshOutcome> {
    const { refresher, freshSession } = this.parts;
    refresher.failures.resetBackOff(before);
    const session = await freshSession.refreshed(before, defaultWait, reason).catch((error: unknown) => {
      throw isFailure(error) ? freshSession.reported(before, error) : error;
    });
    return outcomeOf(before, session);
  }

  private async isStillValid(session: Session): Promise<boolean> {
    try {
      return await this.parts.check.isValid(session);
    } catch (error) {
      if (isFailure(error) && error.code === 'noTokenEndpoint') {
        return false; // this server checks no tokens, so only another request can show whether there is a new one
      }
      throw error;
    }
  }

  /** The result of the last manual refresh, in this window or another. */
  private async justRefreshed(before: Session, nextAt: number): Promise<RefreshOutcome> {
    const { clock, refresher, freshSession } = this.parts;
    const session = await within(clock, defaultWait, refresher.latest(before), () => {
      throw new Failure('timeout', { host: hostOf(before.account) });
    });
    if (!canRefresh(session)) {
      throw signInRequired(session);
    }
    const now = clock.now();
    const failed = refresher.failures.outage(session)?.failure;
    const isRecent = now - session.tokens.expiryKnownAt < 2 * period;
    if (failed === undefined && !isExpired(session.tokens, now) && isRecent) {
      return { ...outcomeOf(before, session), nextAt };
    }
    const cause = failed === undefined ? {} : { cause: freshSession.reported(session, failed) };
    throw new Failure('askedJustNow', { host: hostOf(session.account), retryAt: nextAt, ...cause });
  }
}

function outcomeOf(before: Session, session: Session): RefreshOutcome {
  if (session.state === 'rejected') {
    throw new Failure('tokenRejected', { host: hostOf(session.account) });
  }
  return { session, isNewToken: session.tokens.accessToken !== before.tokens.accessToken };
}
