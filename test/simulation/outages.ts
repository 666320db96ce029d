import type { Fault } from '../identity/faults';
import type { Dice } from './dice';

/** What befalls one request. `lost`: it never arrives. `late`: the answer takes so long. */
export type Misfortune = Fault | { readonly kind: 'lost' } | { readonly kind: 'late'; readonly milliseconds: number };

type Kind = 'fine' | 'offline' | 'outOfOrder' | 'guestNetwork' | 'tooMany' | 'wrongClient' | 'slow' | 'mixed';

const bad: readonly Kind[] = ['offline', 'outOfOrder', 'guestNetwork', 'tooMany', 'wrongClient', 'slow', 'mixed'];

/** How the network and the server are just now; it changes for a while, then is fine again. */
export class Outages {
  private kind: Kind = 'fine';

  constructor(
    private readonly dice: Dice,
    /** Probability that a single request goes wrong in fine weather. */
    private readonly faultRate: number,
  ) {}

  turnBad(): void {
    this.kind = this.dice.pick(bad);
  }

  turnFine(): void {
    this.kind = 'fine';
  }

  misfortune(): Misfortune | undefined {
    const { dice } = this;
    switch (this.kind) {
      case 'fine':
        return dice.chance(this.faultRate) ? this.any() : undefined;
      case 'mixed':
        return dice.chance(0.6) ? this.any() : undefined;
      case 'offline':
        return { kind: 'lost' };
      case 'outOfOrder':
        return this.serverError();
      case 'guestNetwork':
        return dice.pick<Misfortune>([{ kind: 'captivePortal' }, { kind: 'redirect', to: 'http://portal.example/' }]);
      case 'tooMany':
        return dice.chance(0.8) ? this.tooMany() : undefined;
      case 'wrongClient':
        return {
          kind: 'json',
          status: 401,
          body: { error: dice.pick(['unauthorized', 'invalid_client']), error_description: 'Bad credentials' },
        };
      case 'slow':
        return { kind: 'late', milliseconds: dice.about(6_000) };
    }
  }

  private any(): Misfortune {
    const { dice } = this;
    return dice.pick<() => Misfortune>([
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
