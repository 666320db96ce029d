import type { ForbiddenShape } from './forbidden';

/**
 * What goes wrong with one request. A fault of the first group takes effect before the request is processed: no login,
 * no rotation, no wrong-password count. A fault of the second group spoils the delivery of a genuine answer.
 */
export type Fault =
  /** 429; `retryAfter` is the header's value, seconds or a date; without it there is no header. */
  | {
      readonly kind: 'tooManyRequests';
      readonly retryAfter?: string | number;
      readonly body?: 'json' | 'html' | 'empty';
    }
  | { readonly kind: 'forbidden'; readonly shape: ForbiddenShape }
  | { readonly kind: 'serverError'; readonly status: 500 | 502 | 503 | 504; readonly body: 'html' | 'errorCode2001' }
  /** 200 and the sign-in page of a guest network. */
  | { readonly kind: 'captivePortal' }
  /** No body; the status is 200 by default. */
  | { readonly kind: 'emptyBody'; readonly status?: number }
  /** 200 and JSON that stops in the middle. */
  | { readonly kind: 'brokenJson' }
  /** Any JSON at all: `null`, an array, a number for a token. The status is 200 by default. */
  | { readonly kind: 'json'; readonly body: unknown; readonly status?: number }
  /** The status is 307 by default; `to` is sent as `Location` unchanged. */
  | { readonly kind: 'redirect'; readonly to: string; readonly status?: 301 | 302 | 303 | 307 | 308 }
  /** Sends nothing, or only the headers; `close()` releases the caller. */
  | { readonly kind: 'hang'; readonly after?: 'nothing' | 'headers' }
  /** The connection is reset as soon as the headers have arrived. Works together with `path`, not with `grant`. */
  | { readonly kind: 'resetBeforeReading' }
  | { readonly kind: 'resetAfterReading' }
  /** 200 and a JSON string of 50 MB by default, sent until the caller hangs up. */
  | { readonly kind: 'hugeBody'; readonly bytes?: number }
  // The second group.
  /** The request is served, then the connection is reset: the token was rotated and the caller does not know. */
  | { readonly kind: 'lostAnswer' }
  /** One byte every 20 ms by default. */
  | { readonly kind: 'slowDrip'; readonly millisecondsPerByte?: number }
  /** The answer comes late. */
  | { readonly kind: 'wait'; readonly milliseconds: number }
  /** Top-level fields of the answer replaced, or left out where the value is undefined. */
  | { readonly kind: 'fields'; readonly fields: Readonly<Record<string, unknown>> };

/** Which requests a fault applies to: by default, all below `/oauth/`, `/reltio/`, `/login/`, `/ai/` and `/.well-known/`. */
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

/** Which faults occur: the `next` faults in the order given, then the `always` fault, if there is one. */
export class Faults {
  private queue: Rule[] = [];
  private permanent: Rule | undefined;

  /** Applies to the next matching request, or to the next `times` of them. */
  next(fault: Fault, { times = 1, ...target }: Target & { readonly times?: number } = {}): void {
    this.queue.push({ fault, left: times, ...target });
  }

  /** Applies to every matching request, until called with undefined. */
  always(fault: Fault | undefined, target: Target = {}): void {
    this.permanent = fault && { fault, left: Infinity, ...target };
  }

  /** Removes all faults. */
  clear(): void {
    this.queue = [];
    this.permanent = undefined;
  }

  /** How many more requests the `next` faults will apply to. */
  get pending(): number {
    return this.queue.reduce((sum, rule) => sum + rule.left, 0);
  }

  /** Takes the next fault for a request of which only the path is known, if that is all the fault needs. */
  takeBeforeReading(path: string): Fault | undefined {
    const rule = this.due(path, undefined);
    return rule?.fault.kind === 'resetBeforeReading' ? this.use(rule) : undefined;
  }

  take(path: string, grant: string | undefined): Fault | undefined {
    const rule = this.due(path, grant);
    return rule && this.use(rule);
  }

  private due(path: string, grant: string | undefined): Rule | undefined {
    if (!/^\/(oauth|reltio|login|ai|\.well-known)\//.test(path)) {
      return undefined;
    }
    const fits = (rule: Rule) =>
      (rule.path === undefined || rule.path === path) && (rule.grant === undefined || rule.grant === grant);
    return [...this.queue, ...(this.permanent ? [this.permanent] : [])].find(fits);
  }

  private use(rule: Rule): Fault {
    rule.left -= 1;
    this.queue = this.queue.filter(({ left }) => left > 0);
    return rule.fault;
  }
}
