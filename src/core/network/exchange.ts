import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import { classifyTransportError } from './transportError';

/** A response larger than this is not a token (bytes). */
export const maxBodySize = 1024 * 1024;

/** Sends one request through either client and returns the response. May throw. */
export type Exchange = (request: HttpRequest, signal: AbortSignal) => Promise<HttpResponse | TransportFailure>;

/** The client that the core uses. */
export function guarded(mayReceiveSecrets: (url: string) => Promise<boolean>, exchange: Exchange): HttpClient {
  return {
    send: (request, signal) => checked(mayReceiveSecrets, request.url, signal, () => exchange(request, signal)),
  };
}

/**
 * Checks before a request whether the host may receive its secret, and returns every error as a value.
 *
 * @param send may throw
 */
export async function checked<Answer>(
  mayReceiveSecrets: (url: string) => Promise<boolean>,
  url: string,
  signal: AbortSignal,
  send: () => Promise<Answer | TransportFailure>,
): Promise<Answer | TransportFailure> {
  try {
    if (!(await mayReceiveSecrets(url))) {
      return { kind: 'failure', code: 'untrustedHost' };
    }
    // Reading a certificate from a network share that hangs ignores the signal, and must not block the caller.
    return await Promise.race([send(), cancelled(signal)]);
  } catch (error) {
    return signal.aborted ? { kind: 'failure', code: 'cancelled' } : classifyTransportError(error, url);
  }
}

function cancelled(signal: AbortSignal): Promise<TransportFailure> {
  return new Promise((resolve) => {
    const cancel = (): void => {
      resolve({ kind: 'failure', code: 'cancelled' });
    };
    if (signal.aborted) {
      cancel();
    }
    signal.addEventListener('abort', cancel, { once: true });
  });
}

/** Undefined as soon as the body turns out too large; the rest is not read. */
export async function readBody(body: AsyncIterable<Uint8Array> | null): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodySize) {
      return undefined; // leaving the loop cancels the stream
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Decodes UTF-8, with a replacement character for invalid bytes. */
export function asText(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
