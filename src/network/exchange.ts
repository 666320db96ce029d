import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import { classifyTransportError } from './transportError';

/** An answer larger than this is not a token (bytes). */
const largestBody = 1024 * 1024;

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
export async function readBody(body: AsyncIterable<Uint8Array> | null): Promise<string | undefined> {
  if (body === null) {
    return '';
  }
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > largestBody) {
      return undefined; // leaving the loop cancels the stream
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
