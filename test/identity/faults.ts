import type { ForbiddenShape } from './forbidden';

/**
 * A misfortune for one request. Those of the first group strike before the request is looked at: no login, no rotation,
 * no wrong-password count. Those of the second group spoil the way back of an answer that was really given.
 */
export type Fault =
  /** 429; `retryAfter` is the header's value, seconds or a date; no header without it. */
  | {
      readonly kind: 'tooManyRequests';
      readonly retryAfter?: string | number;
      readonly body?: 'json' | 'html' | 'empty';
    }
  | { readonly kind: 'forbidden'; readonly shape: ForbiddenShape }
  | { readonly kind: 'serverError'; readonly status: 500 | 502 | 503 | 504; readonly body: 'html' | 'errorCode2001' }
  /** 200 and a page to sign in to some network. */
  | { readonly kind: 'captivePortal' }
  /** 200, or another status, and no body. */
  | { readonly kind: 'emptyBody'; readonly status?: number }
  /** 200 and JSON that stops in the middle. */
  | { readonly kind: 'brokenJson' }
  /** Any JSON at all, 200 unless told: `null`, an array, a number for a token. */
  | { readonly kind: 'json'; readonly body: unknown; readonly status?: number }
  /** 307 unless told; `to` goes into `Location` as it is. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
  /** Nothing is ever answered, or only the headers are; `close()` releases the caller. */
  | { readonly kind: 'hang'; readonly after?: 'nothing' | 'headers' }
  /** The connection is reset when the headers are there. Works together with `path`, not with `grant`. */
  | { readonly kind: 'resetBeforeReading' }
  | { readonly kind: 'resetAfterReading' }
  /** 200 and a JSON string that goes on for 50 MB unless told, or until the caller hangs up. */
  | { readonly kind: 'hugeBody'; readonly bytes?: number }
  // The second group.
  /** The request is served, then the connection is reset: a rotation has happened that the caller does not know of. */
  | { readonly kind: 'lostAnswer' }
  /** A byte every 20 ms unless told. */
  | { readonly kind: 'slowDrip'; readonly millisecondsPerByte?: number }
  /** The answer comes late. */
  | { readonly kind: 'wait'; readonly milliseconds: number }
  /** Top-level fields of the answer replaced, or left out where the value is undefined. */
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, unknown>> };

/** Which requests a fault strikes: any below `/oauth/` and `/reltio/` unless narrowed. */
export interface Target {
  /** The exact path, without the query. */
  readonly path?: string;
  /** The `grant_type` of a token call. */
  readonly grant?: string;
}

interface Rule extends Target {
  readonly fault: Fault;
  left: number;
}

/** The script of what goes wrong: `next` faults in the order given, then the `always` fault, if there is one. */
export class Faults {
  private queue: Rule[] = [];
  private standing: Rule | undefined;

  /** Strikes the next request that fits, or the next `times`. */
  next(fault: Fault, { times = 1, ...target }: Target & { readonly times?: number } = {}): void {
    this.queue.push({ fault, left: times, ...target });
  }

  /** Strikes every request that fits, until called with undefined. */
  always(fault: Fault | undefined, target: Target = {}): void {
    this.standing = fault && { fault, left: Infinity, ...target };
  }

  /** Back to good weather. */
  clear(): void {
    this.queue = [];
    this.standing = undefined;
  }

  /** How many more requests the `next` faults wait for. */
  get waiting(): number {
    return this.queue.reduce((sum, rule) => sum + rule.left, 0);
  }

  /** Takes the fault due for a request of which only the path is known, if it is one that needs no more. */
  takeBeforeReading(path: string): Fault | undefined {
    const rule = this.due(path, undefined);
    return rule?.fault.kind === 'resetBeforeReading' ? this.spend(rule) : undefined;
  }

  take(path: string, grant: string | undefined): Fault | undefined {
    const rule = this.due(path, grant);
    return rule && this.spend(rule);
  }

  private due(path: string, grant: string | undefined): Rule | undefined {
    if (!/^\/(oauth|reltio)\//.test(path)) {
      return undefined;
    }
    const fits = (rule: Rule) =>
      (rule.path === undefined || rule.path === path) && (rule.grant === undefined || rule.grant === grant);
    return [...this.queue, ...(this.standing ? [this.standing] : [])].find(fits);
  }

  private spend(rule: Rule): Fault {
    rule.left -= 1;
    this.queue = this.queue.filter(({ left }) => left > 0);
    return rule.fault;
  }
}
