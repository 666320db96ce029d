import type { Clock } from '../../src/core/base/clock';
import type { HttpClient, HttpRequest, HttpResponse } from '../../src/core/oauth/httpClient';
import { parseCall } from '../identity/call';
import { faultAnswer } from '../identity/faultAnswers';
import { Faults } from '../identity/faults';
import { newIdentity } from '../identity/identity';
import type { Policy } from '../identity/policy';
import { RequestLog } from '../identity/requestLog';
import { answer } from '../identity/routes';

/**
 * The identity server of `test/identity` without a network, for tests that need its answers but not real time: it
 * answers each request at once, with the test's clock.
 */
export class IdentityHttp implements HttpClient {
  readonly faults = new Faults();
  readonly requests: RequestLog;
  private readonly identity;

  constructor(
    clock: Clock,
    readonly url = 'https://auth.reltio.com',
    policy: Partial<Policy> = {},
  ) {
    this.identity = newIdentity(clock.now, policy, () => undefined);
    this.identity.tokens.address = url;
    this.requests = new RequestLog(this.identity);
  }

  get users() {
    return this.identity.users;
  }

  get clients() {
    return this.identity.clients;
  }

  send({ method, url, headers, body }: HttpRequest): Promise<HttpResponse> {
    const call = parseCall(method, url.slice(this.url.length), headers, body ?? '', this.url);
    const entry = this.requests.add(call);
    const fault = this.faults.take(call.path, entry.grant);
    entry.fault = fault?.kind;
    const final = fault === undefined ? answer(call, this.identity) : faultAnswer(fault);
    if (final === undefined) {
      throw new Error(`The fault ${fault?.kind ?? ''} needs a network.`);
    }
    entry.status = final.status;
    return Promise.resolve({ kind: 'response', ...final });
  }
}
