import type { Core } from '../../../core/core';
import { Failure } from '../../../core/base/failure';
import { accountLabel, hostOf } from '../../../core/model/account';
import { howItRefreshes } from '../../../core/model/refreshMeans';
import type { Session } from '../../../core/model/session';
import { timeLeft } from '../../../core/model/tokens';
import type { Host } from '../../../editor/host';
import type { FoundToken, WorkspaceTokens, Wanted } from './workspaceTokens';
import { labelsOf, wantedEnvironment, wantedSession } from './wantedSession';

/** Reltio is asked for a token that is valid for longer at most once in this time (milliseconds). */
const pause = 10_000;

interface LongerToken {
  /** When it was requested, by the steady clock. */
  readonly at: number;
  readonly received: Promise<unknown>;
}

/** A token that Reltio has issued for a shorter time than was wanted. */
interface ShortToken {
  /** Milliseconds since 1970: tells it from others. */
  readonly receivedAt: number;
  /** What was wanted (milliseconds). */
  readonly minimum: number;
}

type TokensCore = Pick<Core, 'sessions' | 'clock'>;
type TokensHost = Pick<Host, 'accountInUse' | 'environmentInUse' | 'settings'>;

/** The tokens of the signed-in accounts, for programs that cannot pick one from a list. */
export class SessionTokens implements WorkspaceTokens {
  /** The last request for a token that is valid for longer, by the id of the session. */
  private readonly longer = new Map<string, LongerToken>();

  /** By the id of the session. Another request would get no better one. */
  private readonly short = new Map<string, ShortToken>();

  constructor(
    private readonly core: TokensCore,
    private readonly host: TokensHost,
  ) {}

  async find({ account, environment: name }: Wanted): Promise<FoundToken> {
    const { sessions } = this.core;
    const { settings, accountInUse, environmentInUse } = this.host;
    const [all, { environments }] = await Promise.all([sessions.usable(), settings.read()]);
    if (all.length === 0) {
      throw sessions.problem ?? new Failure('notSignedIn');
    }
    const environment = wantedEnvironment(name, environments);
    const session =
      account === undefined && environment === undefined
        ? await this.sessionInUse()
        : wantedSession(account, environment, all, accountInUse.session);
    return { session, environment: environment ?? (await environmentInUse.inUseWith(session.account)) };
  }

  async fresh(wanted: Wanted): Promise<FoundToken> {
    const found = await this.find(wanted);
    return { ...found, session: await this.validFor((wanted.minTtl ?? 0) * 1000, found.session) };
  }

  private async sessionInUse(): Promise<Session> {
    const { accountInUse } = this.host;
    const { question } = accountInUse;
    if (question === undefined) {
      return await accountInUse.sessionFor(undefined);
    }
    const { signedOutAccount } = question;
    throw signedOutAccount === undefined
      ? new Failure('noAccountInUse', { names: labelsOf(this.core.sessions.known) })
      : new Failure('signedOut', { names: [accountLabel(signedOutAccount)] });
  }

  private async validFor(minimum: number, { id }: Session): Promise<Session> {
    const { sessions, clock } = this.core;
    const session = await sessions.fresh(id);
    if (timeLeft(session.tokens, clock.now()) >= minimum) {
      return session;
    }
    if (!this.isKnownToBeShort(session, minimum)) {
      await this.requestLonger(id, minimum);
    }
    const latest = await sessions.fresh(id);
    const left = timeLeft(latest.tokens, clock.now());
    if (left < minimum) {
      const receivedAt = latest.tokens.accessTokenReceivedAt;
      if (receivedAt !== session.tokens.accessTokenReceivedAt) {
        this.short.set(id, { receivedAt, minimum });
      }
      throw this.expiresTooSoon(latest, left);
    }
    return latest;
  }

  private isKnownToBeShort({ id, tokens }: Session, minimum: number): boolean {
    const short = this.short.get(id);
    return short?.receivedAt === tokens.accessTokenReceivedAt && minimum >= short.minimum;
  }

  /** Calls in a row share one request: a program may ask for more time than any token has, again and again. */
  private async requestLonger(id: string, minimum: number): Promise<void> {
    const { sessions, clock } = this.core;
    const last = this.longer.get(id);
    const now = clock.steady();
    const current =
      last !== undefined && now - last.at < pause
        ? last
        : { at: now, received: sessions.fresh(id, undefined, minimum).catch(() => undefined) };
    this.longer.set(id, current);
    await current.received;
  }

  private expiresTooSoon(session: Session, left: number): Failure {
    const retryAt = nextTokenAt(session);
    const outage = this.core.sessions.activity(session).outage?.failure;
    return new Failure('expiresTooSoon', {
      host: hostOf(session.account),
      secondsLeft: Math.floor(left / 1000),
      ...(retryAt === undefined || outage !== undefined ? {} : { retryAt }),
      ...(outage === undefined ? {} : { cause: outage }),
    });
  }
}

/**
 * When Reltio will issue another token than this one, milliseconds since 1970. Undefined if that is not known: nothing
 * refreshes it, or the server has just issued it for this short time.
 */
function nextTokenAt(session: Session): number | undefined {
  const { refreshAgainAt, accessTokenExpiresAt } = session.tokens;
  switch (howItRefreshes(session).kind) {
    case 'clientAgain':
      return accessTokenExpiresAt;
    case 'refreshToken':
      return refreshAgainAt >= accessTokenExpiresAt ? accessTokenExpiresAt : undefined;
    case 'none':
      return undefined;
  }
}
