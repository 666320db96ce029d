import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import { asText, guarded, readBody } from './exchange';

export interface HostFetchOptions {
  readonly userAgent: string;
  /** Called before each request: no secret goes to a host that is not trusted at that moment. */
  readonly mayReceiveSecrets: (url: string) => Promise<boolean>;
}

/**
 * The extension host's own `fetch`, which supports proxies, PAC files, Kerberos and the system's certificates
 * (`src/vs/workbench/api/node/proxyResolver.ts`). Looked up at each call, because VS Code replaces it.
 */
export function hostFetch({ userAgent, mayReceiveSecrets }: HostFetchOptions): HttpClient {
  return guarded(mayReceiveSecrets, (request, signal) => hostExchange(request, userAgent, signal));
}

export async function hostExchange(
  request: HttpRequest,
  userAgent: string,
  signal: AbortSignal,
): Promise<HttpResponse | TransportFailure> {
  if (request.secretInUrl === true) {
    return { kind: 'failure', code: 'unreachable' };
  }
  const response = await globalThis.fetch(request.url, {
    method: request.method,
    headers: { ...request.headers, 'user-agent': userAgent },
    redirect: 'manual', // a redirect would send the secret to a host that was not checked
    credentials: 'omit',
    signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const body = await readBody(response.body as AsyncIterable<Uint8Array> | null);
  if (body === undefined) {
    return { kind: 'failure', code: 'tooLarge' };
  }
  return {
    kind: 'response',
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: asText(body),
  };
}
