import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import { classifyTransportError } from './transportError';

/** An answer larger than this is not a token (bytes). */
export const largestBody = 1024 * 1024;

/** One request and its answer, by whatever carries it. May throw. */
export type Exchange = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse | TransportFailure>;

/**
 * The client that the core sees: asks before each request whether its secret may go there, and turns whatever is
 * thrown into a value.
 */
export function guarded(mayReceiveSecrets: (url: string) => Promise<boolean>, exchange: Exchange): HttpClient {
  return {
    async send(request, signal) {
      try {
        if (!(await mayReceiveSecrets(request.url))) {
          return { kind: 'failure', code: 'untrustedHost' };
        }
        // Reading a certificate from a share that hangs hears no signal, and must keep nobody waiting either.
        return await Promise.race([exchange(request, signal), cancelled(signal)]);
      } catch (error) {
        return signal.aborted ? { kind: 'failure', code: 'cancelled' } : classifyTransportError(error, request.url);
      }
    },
  };
}

function cancelled(signal: AbortSignal): Promise<TransportFailure> {
  return new Promise((resolve) => {
    const tell = (): void => {
      resolve({ kind: 'failure', code: 'cancelled' });
    };
    if (signal.aborted) {
      tell();
    }
    signal.addEventListener('abort', tell, { once: true });
  });
}

/** Undefined as soon as the body turns out too large; the rest is not read. */
export async function readBody(body: AsyncIterable<Uint8Array> | null): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > largestBody) {
      return undefined; // leaving the loop cancels the stream
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** UTF-8, with a mark in the place of what is none. */
export function asText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
