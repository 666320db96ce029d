import type { Clock } from '../base/clock';
import { callWithDeadline } from '../base/deadline';
import type { Client } from '../oauth/client';
import type { HttpClient } from '../oauth/httpClient';
import type { TokenInfo } from '../oauth/tokenInfo';

/** The time limit of one checkToken call (milliseconds). */
const checkTimeout = 10_000;

/** Asks identity servers what they say of an access token. */
export class TokenChecks {
  /** @param load is called at each check: most windows never check a token */
  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
    private readonly load: () => Promise<Pick<typeof import('../oauth/checkToken'), 'checkToken'>>,
  ) {}

  /**
   * @param client any client that the server knows; a bearer alone is not enough
   * @throws {Failure} if the answer does not say
   */
  async check(
    identityServer: string,
    client: Client,
    accessToken: string,
    signal?: AbortSignal,
  ): Promise<TokenInfo | 'notValid'> {
    const { host } = new URL(identityServer);
    const { checkToken } = await this.load();
    return await callWithDeadline(
      this.clock,
      checkTimeout,
      host,
      (either) => checkToken(this.http, identityServer, client, accessToken, either, this.clock.now()),
      signal,
    );
  }
}
