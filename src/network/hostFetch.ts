import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import { classifyTransportError } from './transportError';

/** An answer larger than this is not a token (bytes). */
const largestBody = 1024 * 1024;

export interface HostFetchOptions {
  readonly userAgent: string;
  /** Asked before each request: no secret goes to a host that is not trusted at that moment. */
  readonly mayReceiveSecrets: (url: string) => Promise<boolean>;
}

/**
 * The extension host's own `fetch`, looked up at each call because VS Code replaces it: it brings the proxy, PAC files,
 * Kerberos and the system's certificates (`src/vs/workbench/api/node/proxyResolver.ts`).
 */
export function hostFetch({ userAgent, mayReceiveSecrets }: HostFetchOptions): HttpClient {
  return {
    async send(request, signal) {
      try {
        if (!(await mayReceiveSecrets(request.url))) {
          return { kind: 'failure', code: 'untrustedHost' };
        }
        return await exchange(request, userAgent, signal);
      } catch (error) {
        return signal.aborted ? { kind: 'failure', code: 'cancelled' } : classifyTransportError(error);
      }
    },
  };
}

async function exchange(
  request: HttpRequest,
  userAgent: string,
  signal: AbortSignal,
): Promise<HttpResponse | TransportFailure> {
  const response = await globalThis.fetch(request.url, {
    method: request.method,
    headers: { ...request.headers, 'user-agent': userAgent },
    redirect: 'manual', // a redirect would carry the secret to a place nobody checked
    credentials: 'omit',
    signal,
    ...(request.body === undefined ? {} : { body: request.body }),
  });
  const body = await readBody(response);
  if (body === undefined) {
    return { kind: 'failure', code: 'tooLarge' };
  }
  return { kind: 'response', status: response.status, headers: Object.fromEntries(response.headers), body };
}

/** Undefined as soon as the body turns out too large; the rest is not read. */
async function readBody(response: Response): Promise<string | undefined> {
  if (response.body === null) {
    return '';
  }
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > largestBody) {
      return undefined; // leaving the loop cancels the stream
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
