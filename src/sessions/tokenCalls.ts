import type { Client } from '../oauth/client';
import { Failure, isFailure } from '../oauth/failure';
import type { Grant } from '../oauth/grant';
import type { HttpClient } from '../oauth/httpClient';
import { requestToken } from '../oauth/tokenEndpoint';
import type { GrantedToken, OneTimeCodeNeeded } from '../oauth/tokenResponse';
import { noted, within, type Clock } from './clock';
import type { Log, Random } from './ports';

/** Everything about one token call, its replay after a 429 included, ends within this (milliseconds). */
const callLimit = 10_000;
/** Token calls in a window per second. Reltio allows ten in all (seed pages, "Token API request limit"). */
const callsPerSecond = 5;
/** A `Retry-After` up to this is waited for and the call is made once more (milliseconds). */
const longestReplayWait = 5_000;

export interface TokenCallResult {
  readonly answer: GrantedToken | OneTimeCodeNeeded;
  /**
   * When the answered request left, milliseconds since 1970: lives are counted from here. To be asked when it is needed:
   * somebody may have set the clock back while the answer was waited for.
   */
  readonly startedAt: () => number;
}

/**
 * The way to the token endpoint, shared by sign-in and refresh: pace, time limit and the one replay. A password is not
 * replayed: it is sent once per press of Enter.
 */
export class TokenCalls {
  private readonly starts: number[] = [];

  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly log: Log,
  ) {}

  /** @throws {Failure} */
  async request(identityServer: string, client: Client, grant: Grant, signal?: AbortSignal): Promise<TokenCallResult> {
    const limit = new AbortController();
    const stopTimer = this.clock.after(callLimit, () => {
      limit.abort();
    });
    const either = signal === undefined ? limit.signal : AbortSignal.any([signal, limit.signal]);
    try {
      return await this.withOneReplay(identityServer, client, grant, either);
    } catch (error) {
      const host = new URL(identityServer).host;
      if (signal?.aborted === true) {
        throw new Failure('cancelled', { host });
      }
      throw isFailure(error) && error.code === 'cancelled' ? new Failure('timeout', { host }) : error;
    } finally {
      stopTimer();
    }
  }

  private async withOneReplay(
    identityServer: string,
    client: Client,
    grant: Grant,
    signal: AbortSignal,
  ): Promise<TokenCallResult> {
    try {
      return await this.once(identityServer, client, grant, signal);
    } catch (error) {
      const mayReplay = isFailure(error) && error.code === 'rateLimited' && grant.kind !== 'password';
      const wait = mayReplay ? this.replayWait(error) : undefined;
      if (wait === undefined) {
        throw error;
      }
      await this.pause(wait, signal, error as Failure);
      return await this.once(identityServer, client, grant, signal);
    }
  }

  /** Undefined where the server asks for more patience than one call has. */
  private replayWait(failure: Failure): number | undefined {
    const asked = failure.retryAfterMs ?? 1_000 + this.random.fraction() * 2_000;
    return asked <= longestReplayWait ? asked : undefined;
  }

  private async once(
    identityServer: string,
    client: Client,
    grant: Grant,
    signal: AbortSignal,
  ): Promise<TokenCallResult> {
    await this.keepPace(signal);
    const host = new URL(identityServer).host;
    const startedAt = noted(this.clock);
    try {
      const answer = await requestToken(this.http, identityServer, client, grant, signal);
      this.log.info('token call: answered', { host, method: grant.kind, milliseconds: this.clock.now() - startedAt() });
      return { answer, startedAt };
    } catch (error) {
      if (isFailure(error)) {
        this.log.warn('token call: failed', {
          host,
          method: grant.kind,
          code: error.code,
          ...(error.status === undefined ? {} : { status: error.status }),
          ...(error.nodeCode === undefined ? {} : { nodeCode: error.nodeCode }),
          milliseconds: this.clock.now() - startedAt(),
        });
      }
      throw error;
    }
  }

  private async keepPace(signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.clock.now();
      const recent = this.starts.filter((start) => start <= now && now - start < 1_000);
      this.starts.splice(0, this.starts.length, ...recent);
      const [oldest] = recent;
      if (oldest === undefined || recent.length < callsPerSecond) {
        this.starts.push(now);
        return;
      }
      await this.pause(1_000 - (now - oldest), signal, new Failure('timeout'));
    }
  }

  /** Ends early, with `otherwise`, when the time limit or the person ends the call. */
  private async pause(milliseconds: number, signal: AbortSignal, otherwise: Failure): Promise<void> {
    const aborted = new Promise<never>((_resolve, reject) => {
      const stop = (): void => {
        reject(otherwise);
      };
      if (signal.aborted) {
        stop();
      }
      signal.addEventListener('abort', stop, { once: true });
    });
    await within(this.clock, milliseconds, aborted, () => undefined);
  }
}
