import type { UpstreamRequest, UpstreamResponse } from '../../localProxy/upstream';
import type { TransportFailure } from '../../oauth/httpClient';

/** The server closed a kept connection at the moment at which the request was sent over it. */
const staleCodes = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Sends a request again that changes nothing, if the connection was lost before the response (RFC 9110 section 9.2.2). */
export async function retriedOnStaleConnection(
  { method, body }: UpstreamRequest,
  signal: AbortSignal,
  send: () => Promise<UpstreamResponse | TransportFailure>,
): Promise<UpstreamResponse | TransportFailure> {
  const first = await send();
  const isStale = first.kind === 'failure' && first.code === 'unreachable' && staleCodes.has(first.nodeCode ?? '');
  return isStale && body === undefined && safeMethods.has(method) && !signal.aborted ? await send() : first;
}
