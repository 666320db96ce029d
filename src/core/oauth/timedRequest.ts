import type { Clock } from '../base/clock';
import { callWithDeadline } from '../base/deadline';
import { failedTransport } from '../base/failure';
import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from './httpClient';

/** What a request with a time limit needs. */
export interface RequestTools {
  readonly http: HttpClient;
  readonly clock: Clock;
}

/**
 * Sends one request, and waits this many milliseconds for the answer at most.
 *
 * @throws {Failure} `timeout`, or `cancelled` if `signal` aborts first
 */
export async function timedRequest(
  { http, clock }: RequestTools,
  request: HttpRequest,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<HttpResponse | TransportFailure> {
  const { host } = new URL(request.url);
  const send = async (either: AbortSignal): Promise<HttpResponse | TransportFailure> => {
    const answer = await http.send(request, either);
    if (answer.kind === 'failure' && answer.code === 'cancelled') {
      throw failedTransport(host, answer);
    }
    return answer;
  };
  return await callWithDeadline(clock, milliseconds, host, send, signal);
}
