import { ReadableStream } from 'node:stream/web';
import type { HeaderList, UpstreamRequest, UpstreamResponse } from '../../localProxy/upstream';
import type { TransportFailure } from '../../oauth/httpClient';
import { CutResponse } from './cutResponse';
import { sentByHostModules } from './hostModules';
import { upstreamResponse, type Received } from './received';
import { sentHeaders, valueOf } from './sentHeaders';

/** Of an upload, `fetch` keeps a copy until it is sent (`cloneRequest` in undici), so a larger one goes another way (bytes). */
const largestForFetch = 256 * 1024;

/** Opens a stream with the host's `fetch`, or with its modules where `fetch` cannot do it. May throw. */
export async function openWithHost(
  request: UpstreamRequest,
  userAgent: string,
  signal: AbortSignal,
): Promise<UpstreamResponse | TransportFailure> {
  const headers = sentHeaders(request, userAgent);
  if (!isForFetch(request)) {
    return upstreamResponse(request, await sentByHostModules(request, headers, signal), 'here');
  }
  const received = await fetched(request, headers, signal);
  return received.status === 0
    ? { kind: 'failure', code: 'unreachable' } // Electron's `fetch` hides redirects
    : upstreamResponse(request, received, 'client');
}

/** `fetch` keeps connections, and the modules do not. But it gives up after five silent minutes. */
function isForFetch({ method, headers, body }: UpstreamRequest): boolean {
  if (body === undefined) {
    return method !== 'GET' || !/\btext\/event-stream\b/i.test(valueOf(headers, 'accept') ?? '');
  }
  const length = Number(valueOf(headers, 'content-length') ?? Number.NaN);
  return method !== 'GET' && method !== 'HEAD' && length <= largestForFetch; // `fetch` refuses a body for these two
}

async function fetched(
  { method, url, body }: UpstreamRequest,
  headers: HeaderList,
  signal: AbortSignal,
): Promise<Received> {
  const response = await globalThis.fetch(url, {
    method,
    headers: headers
      // `fetch` itself asks for no encoding of a range
      .filter(([name]) => name !== 'accept-encoding' || valueOf(headers, 'range') === undefined)
      .map(([name, value]): [string, string] => [name, value]),
    redirect: 'manual', // a redirect would send the token to a host that was not checked
    credentials: 'omit', // with credentials, a 401 to a streamed body is an error by the Fetch standard
    ...(isConditional(headers) ? { cache: 'no-cache' } : {}),
    signal,
    ...(body === undefined
      ? {}
      : { body: ReadableStream.from(body) as NonNullable<RequestInit['body']>, duplex: 'half' }),
  });
  return { status: response.status, headers: [...response.headers], body: readable(response.body) };
}

/**
 * In its default mode, `fetch` adds `Cache-Control: no-cache` to these (Fetch standard, "HTTP-network-or-cache fetch"), and
 * servers then answer with the whole body instead of 304. In this mode it adds only `max-age=0`.
 */
function isConditional(headers: readonly (readonly [name: string, value: string])[]): boolean {
  return headers.some(([name]) => /^if-(?:match|none-match|modified-since|unmodified-since|range)$/i.test(name));
}

async function* readable(body: Response['body']): AsyncGenerator<Uint8Array> {
  try {
    yield* (body ?? []) as unknown as AsyncIterable<Uint8Array>;
  } catch {
    throw new CutResponse();
  }
}
