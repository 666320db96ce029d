import { ReadableStream } from 'node:stream/web';
import type { UpstreamRequest, UpstreamResponse } from '../../localProxy/upstream';
import type { TransportFailure } from '../../oauth/httpClient';
import { CutResponse } from './cutResponse';
import { upstreamResponse } from './received';
import { sentHeaders, valueOf } from './sentHeaders';

/** Opens a stream with the host's `fetch`. May throw. */
export async function openWithHost(
  request: UpstreamRequest,
  userAgent: string,
  signal: AbortSignal,
): Promise<UpstreamResponse | TransportFailure> {
  const { method, url, body } = request;
  const headers = sentHeaders(request, userAgent).map(([name, value]): [string, string] => [name, value]);
  const response = await globalThis.fetch(url, {
    method,
    // `fetch` itself asks for no encoding of a range
    headers: headers.filter(([name]) => name !== 'accept-encoding' || valueOf(headers, 'range') === undefined),
    redirect: 'manual', // a redirect would send the token to a host that was not checked
    credentials: 'omit', // otherwise, a 401 to a streamed body is an error of `fetch` (Fetch standard, step 14 there)
    signal,
    ...(body === undefined
      ? {}
      : { body: ReadableStream.from(body) as NonNullable<RequestInit['body']>, duplex: 'half' }),
  });
  if (response.status === 0) {
    return { kind: 'failure', code: 'unreachable' }; // Electron's `fetch` hides redirects
  }
  const received = { status: response.status, headers: [...response.headers], body: readable(response.body) };
  return upstreamResponse(request, received, 'client');
}

async function* readable(body: Response['body']): AsyncGenerator<Uint8Array> {
  try {
    yield* (body ?? []) as AsyncIterable<Uint8Array>;
  } catch {
    throw new CutResponse();
  }
}
