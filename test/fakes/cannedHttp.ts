import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../../src/core/oauth/httpClient';

/** An `HttpClient` that answers with what it was given, one answer a request, and remembers the requests. */
export class CannedHttp implements HttpClient {
  readonly requests: HttpRequest[] = [];
  private readonly answers: (HttpResponse | TransportFailure)[];

  constructor(...answers: (HttpResponse | TransportFailure)[]) {
    this.answers = answers;
  }

  send(request: HttpRequest): Promise<HttpResponse | TransportFailure> {
    this.requests.push(request);
    const answer = this.answers.shift();
    return answer === undefined ? Promise.reject(new Error('One request too many')) : Promise.resolve(answer);
  }

  /** The form of a request, parsed as a server parses it. */
  form(index = 0): Record<string, string> {
    return Object.fromEntries(new URLSearchParams(this.requests[index]?.body ?? ''));
  }
}

export function response(status: number, body: unknown, headers: Record<string, string> = {}): HttpResponse {
  return { kind: 'response', status, headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
}

/** For calls that are never cancelled. */
export const noSignal = new AbortController().signal;
