import type { RequestTools } from '../oauth/timedRequest';
import type { Tenant } from './tenant';

type Calls = Pick<typeof import('./environmentCalls'), 'status' | 'tenants' | 'tenantName'>;

/**
 * The few calls to an environment that show whether it exists, and what a token reaches there. Each sends one request, and
 * only when the user asks: Reltio counts calls of its API. The `HttpClient` sends them to trusted hosts only, and
 * follows no redirect.
 */
export class DataApi {
  /** @param load is called at each call: most windows never make one */
  constructor(
    private readonly tools: RequestTools,
    private readonly load: () => Promise<Calls>,
  ) {}

  /**
   * Resolves if the address is that of an environment. Sends no token.
   *
   * @param url origin, such as `https://dev.reltio.com`
   * @throws {Failure} `notAnEnvironment` if something else answers
   */
  async status(url: string, signal?: AbortSignal): Promise<void> {
    await (await this.load()).status(this.tools, url, signal);
  }

  /**
   * The tenants that the token reaches. May be empty, and may contain some that the user cannot read.
   *
   * @throws {Failure} `tokenNotAccepted` if the environment refuses the token, `forbidden` or `notAnEnvironment` also if it
   *   does not offer the list
   */
  async tenants(url: string, accessToken: string, signal?: AbortSignal): Promise<readonly Tenant[]> {
    return await (await this.load()).tenants(this.tools, url, accessToken, signal);
  }

  /**
   * The display name of a tenant. This is the smallest call that shows whether a token works for it.
   *
   * @param tenantId checked with `isTenantId`
   * @throws {Failure} `tokenNotAccepted`, or `forbidden` if the user has no access to the tenant
   */
  async tenantName(url: string, tenantId: string, accessToken: string, signal?: AbortSignal): Promise<string> {
    return await (await this.load()).tenantName(this.tools, url, tenantId, accessToken, signal);
  }
}
