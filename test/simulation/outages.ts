import type { Fault } from '../identity/faults';
import type { Dice } from './dice';

/** What goes wrong with one request. `lost`: it never arrives. `late`: the answer takes this long. */
export type RequestFault = Fault | { readonly kind: 'lost' } | { readonly kind: 'late'; readonly milliseconds: number };

type Outage = 'offline' | 'serverErrors' | 'guestNetwork' | 'busy' | 'clientRejected' | 'slow' | 'mixed';

const kinds: readonly Outage[] = ['offline', 'serverErrors', 'guestNetwork', 'busy', 'clientRejected', 'slow', 'mixed'];

/** The state of the network and the server: an outage begins, lasts for a while and ends. */
export class Outages {
  private outage: Outage | undefined;

  constructor(
    private readonly dice: Dice,
    /** Probability that a single request goes wrong while there is no outage. */
    private readonly faultRate: number,
  ) {}

  begin(): void {
    this.outage = this.dice.pick(kinds);
  }

  end(): void {
    this.outage = undefined;
  }

  nextFault(): RequestFault | undefined {
    const { dice } = this;
    switch (this.outage) {
      case undefined:
        return dice.chance(this.faultRate) ? this.any() : undefined;
      case 'mixed':
        return dice.chance(0.6) ? this.any() : undefined;
      case 'offline':
        return { kind: 'lost' };
      case 'serverErrors':
        return this.serverError();
      case 'guestNetwork':
        return dice.pick<RequestFault>([{ kind: 'captivePortal' }, { kind: 'redirect', to: 'http://portal.example/' }]);
      case 'busy':
        return dice.chance(0.8) ? this.tooMany() : undefined;
      case 'clientRejected':
        return {
          kind: 'json',
          status: 401,
          body: { error: dice.pick(['unauthorized', 'invalid_client']), error_description: 'Bad credentials' },
        };
      case 'slow':
        return { kind: 'late', milliseconds: dice.about(6_000) };
    }
  }

  private any(): RequestFault {
    const { dice } = this;
    return dice.pick<() => RequestFault>([
      () => ({ kind: 'lost' }),
      () => ({ kind: 'lostAnswer' }),
      () => ({ kind: 'hang' }),
      () => ({ kind: 'captivePortal' }),
      () => ({ kind: 'emptyBody', status: dice.pick([200, 400, 401, 503]) }),
      () => ({ kind: 'brokenJson' }),
      () => ({ kind: 'json', status: 400, body: { error: 'invalid_request' } }),
      () => ({ kind: 'json', status: 401, body: { errorCode: 401, errorMessage: 'Not now' } }),
      () => ({ kind: 'forbidden', shape: dice.pick(['accessDenied', 'errorCode403', 'errorCode804', 'empty']) }),
      () => ({ kind: 'late', milliseconds: dice.about(4_000) }),
      () => this.serverError(),
      () => this.tooMany(),
    ])();
  }

  private serverError(): Fault {
    const { dice } = this;
    return { kind: 'serverError', status: dice.pick([500, 502, 503, 504]), body: dice.pick(['html', 'errorCode2001']) };
  }

  private tooMany(): Fault {
    const { dice } = this;
    const body = dice.pick(['json', 'html', 'empty'] as const);
    return dice.chance(0.5)
      ? { kind: 'tooManyRequests', body }
      : { kind: 'tooManyRequests', body, retryAfter: dice.pick([0, 1, 4, 30, 3600, 'soon']) };
  }
}
