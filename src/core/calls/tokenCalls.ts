import type { Client } from '../oauth/client';
import { aborted, callWithDeadline } from '../base/deadline';
import { Failure, isFailure } from '../base/failure';
import { grantTraits, type Grant } from '../oauth/grants';
import type { HttpClient } from '../oauth/httpClient';
import { requestToken } from '../oauth/tokenEndpoint';
import type { GrantedToken, OneTimeCodeNeeded } from '../oauth/tokenResponse';
import type { CallLimits } from './callLimits';
import { maxCallDelay, maxRetryAfter } from './serverWait';
import { recordTime, within, type Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Random } from '../base/random';

/** The time limit of one token call, with its replay after a 429 (milliseconds). */
const callTimeout = 10_000;

export interface TokenCallResult {
  readonly answer: GrantedToken | OneTimeCodeNeeded;
  /**
   * When the answered request was sent, milliseconds since 1970: expiry is counted from here. Call this when the value
   * is needed: the clock may have been set back since.
   */
  readonly startedAt: () => number;
}

export interface CallOptions {
  /** Cancels the call. */
  readonly signal?: AbortSignal;
  readonly beforeSending?: () => Promise<void>;
}

/**
 * Calls to the token endpoint, for sign-in and refresh: pace, `Retry-After`, time limit and the one replay. A password is
 * not replayed: it is sent once per press of Enter.
 */
export class TokenCalls {
  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly log: Log,
    private readonly limits: CallLimits,
  ) {}

  /**
   * @param beforeSending called each time right before a request is sent, after all waiting; what it throws is thrown,
   *   and nothing is sent
   * @throws {Failure}
   */
  async request(
    identityServer: string,
    client: Client,
    grant: Grant,
    { signal, beforeSending = () => Promise.resolve() }: CallOptions = {},
  ): Promise<TokenCallResult> {
    const { host } = new URL(addressee(identityServer, grant));
    const call = (either: AbortSignal): Promise<TokenCallResult> =>
      this.withOneReplay(() => this.once(identityServer, client, grant, either, beforeSending), grant, either);
    return await callWithDeadline(this.clock, callTimeout, host, call, signal);
  }

  private async withOneReplay(
    once: () => Promise<TokenCallResult>,
    grant: Grant,
    signal: AbortSignal,
  ): Promise<TokenCallResult> {
    try {
      return await once();
    } catch (error) {
      const mayReplay = isFailure(error) && error.code === 'rateLimited' && grantTraits[grant.kind].isSentOnce !== true;
      const wait = mayReplay ? this.replayWait(error) : undefined;
      if (wait === undefined) {
        throw error;
      }
      await this.pause(wait, signal, error as Failure);
      return await once().catch((second: unknown) => {
        throw withQuota(second, grant);
      });
    }
  }

  /** Undefined if the server asks for a longer wait than one call allows. */
  private replayWait(failure: Failure): number | undefined {
    const asked = failure.retryAfterMs ?? 1_000 + this.random.fraction() * 2_000;
    return asked <= maxCallDelay ? asked : undefined;
  }

  private async once(
    identityServer: string,
    client: Client,
    grant: Grant,
    signal: AbortSignal,
    beforeSending: () => Promise<void>,
  ): Promise<TokenCallResult> {
    const server = addressee(identityServer, grant);
    await this.untilAllowed(server, signal);
    await beforeSending();
    const { host } = new URL(server);
    const startedAt = recordTime(this.clock);
    try {
      const answer = await requestToken(this.http, identityServer, client, grant, signal);
      this.log.info('token call: answered', { host, method: grant.kind, milliseconds: this.clock.now() - startedAt() });
      return { answer, startedAt };
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      this.log.warn('token call: failed', {
        host,
        method: grant.kind,
        code: error.code,
        ...(error.status === undefined ? {} : { status: error.status }),
        ...(error.nodeCode === undefined ? {} : { nodeCode: error.nodeCode }),
        milliseconds: this.clock.now() - startedAt(),
      });
      throw await this.withWait(server, error);
    }
  }

  /** A wait that a server asks for applies to every window and every caller, and to manual refreshes. */
  private async withWait(server: string, failure: Failure): Promise<Failure> {
    const { code, host, status, retryAfterMs = 0 } = failure;
    if ((status !== 429 && status !== 503) || retryAfterMs === 0) {
      return failure;
    }
    const retryAt = Math.ceil(this.clock.now() + Math.min(retryAfterMs, maxRetryAfter));
    await this.limits.recordWait(server, retryAt);
    return new Failure(code, { status, retryAfterMs, retryAt, ...(host === undefined ? {} : { host }) });
  }

  /** Waits until this call may be sent. If that takes too long, the failure says until when, and nothing is sent. */
  private async untilAllowed(server: string, signal: AbortSignal): Promise<void> {
    for (;;) {
      const asked = await this.limits.requiredWait(server);
      const wait = asked > 0 ? asked : await this.limits.pace();
      if (wait === 0) {
        return;
      }
      await this.pause(wait, signal, new Failure('timeout'));
    }
  }

  /** Throws `otherwise` if the timeout or the user ends the call first. */
  private async pause(milliseconds: number, signal: AbortSignal, otherwise: Failure): Promise<void> {
    await within(this.clock, milliseconds, aborted(signal, otherwise), () => undefined);
  }
}

/** A short wait has not helped, and the server asks for none: that is how a used-up quota shows (docs/reltio.md, R17). */
function withQuota(error: unknown, { kind }: Grant): unknown {
  const mayBe = grantTraits[kind].hasQuota === true && isFailure(error) && error.code === 'rateLimited';
  if (!mayBe || error.retryAfterMs !== undefined) {
    return error;
  }
  const { host, status } = error;
  return new Failure('quotaUsedUp', {
    ...(host === undefined ? {} : { host }),
    ...(status === undefined ? {} : { status }),
  });
}

/** The origin of the server that gets the request: what it asks for must not hold up another one. */
function addressee(identityServer: string, { jsonEndpoint }: Grant): string {
  return jsonEndpoint === undefined ? identityServer : new URL(jsonEndpoint).origin;
}
