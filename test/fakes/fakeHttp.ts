import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';
import type { Clock } from '../../src/core/base/clock';

export interface SeenRequest {
  readonly time: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
}

export type Reply = HttpResponse | TransportFailure | 'hang';
/** A promise is an answer that the test sends when it wants. */
type Answer = Reply | Promise<HttpResponse> | ((request: SeenRequest) => Reply);

/** An `HttpClient` in fake time. It returns the `next` answers in order, then `always`. */
export class FakeHttp implements HttpClient {
  readonly requests: SeenRequest[] = [];
  always: Answer = { kind: 'failure', code: 'unreachable', nodeCode: 'ECONNREFUSED' };
  /** Milliseconds until an answer comes. */
  takes = 0;
  private readonly queue: Answer[] = [];

  constructor(private readonly clock: Clock) {}

  next(...answers: Answer[]): void {
    this.queue.push(...answers);
  }

  async send({ url, headers, body }: HttpRequest, signal: AbortSignal): Promise<HttpResponse | TransportFailure> {
    const form = Object.fromEntries(new URLSearchParams(body ?? ''));
    const seen: SeenRequest = { time: this.clock.now(), url, headers, form };
    this.requests.push(seen);
    const answer = this.queue.shift() ?? this.always;
    const reply = typeof answer === 'function' ? answer(seen) : answer;
    return new Promise((resolve) => {
      const cancelled = () => {
        resolve({ kind: 'failure', code: 'cancelled' });
      };
      if (signal.aborted) {
        cancelled();
      }
      signal.addEventListener('abort', cancelled, { once: true });
      if (reply === 'hang') {
        return;
      }
      if (reply instanceof Promise) {
        resolve(reply);
        return;
      }
      if (this.takes > 0) {
        this.clock.after(this.takes, () => {
          resolve(reply);
        });
      } else {
        resolve(reply);
      }
    });
  }

  /** The times of the requests, relative to the first. */
  get times(): number[] {
    const [first] = this.requests;
    return this.requests.map(({ time }) => time - (first?.time ?? 0));
  }

  grants(type: string): readonly SeenRequest[] {
    return this.requests.filter(({ form }) => form['grant_type'] === type);
  }
}

export function answer(status: number, body: unknown = '', headers: Record<string, string> = {}): HttpResponse {
  return { kind: 'response', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** A granted token pair; if `refresh` is undefined, there is no refresh token. */
export function pair(access: string, refresh: string | undefined, expiresIn: unknown = 3600): HttpResponse {
  return answer(200, {
    access_token: access,
    token_type: 'bearer',
    ...(refresh === undefined ? {} : { refresh_token: refresh }),
    expires_in: expiresIn,
    scope: 'configuration_api entities_api',
  });
}

export const invalidRefreshToken = (token = 'r0') =>
  answer(400, { error: 'invalid_grant', error_description: `Invalid refresh token: ${token}` });
export const expiredRefreshToken = (token = 'r0') =>
  answer(401, { error: 'invalid_token', error_description: `Invalid refresh token (expired): ${token}` });
export const badClient = answer(401, {
  error: 'unauthorized',
  error_description: 'Full authentication is required to access this resource',
});
