import type { Dispatcher } from 'undici';
import type { HeaderList } from '../../localProxy/upstream';
import { CutResponse } from './cutResponse';
import type { Received } from './received';

/** How much of a response may wait to be read, in bytes, until no more is received. */
const mostWaiting = 256 * 1024;

export interface DispatchedRequest {
  readonly method: string;
  readonly url: string;
  readonly body?: string | AsyncIterable<Uint8Array>;
}

/**
 * Sends one request through undici's lowest layer: without its streams there is one copy less, and headers are what the
 * server sent. Nothing times out, because the server may think for as long as the caller is willing to wait.
 *
 * @throws the error that prevented the response
 */
export async function dispatched(
  dispatcher: Dispatcher,
  { method, url, body }: DispatchedRequest,
  headers: HeaderList,
  signal: AbortSignal,
): Promise<Received> {
  const { origin, pathname, search } = new URL(url);
  return await new Promise((resolve, reject) => {
    const handler = new ResponseHandler(signal, resolve, reject);
    dispatcher.dispatch(
      {
        origin,
        path: `${pathname}${search}`,
        method,
        headers: headers.flat(),
        headersTimeout: 0,
        bodyTimeout: 0,
        // undici takes every iterable, although the types name fewer
        ...(body === undefined ? {} : { body: body as never }),
      },
      handler,
    );
  });
}

class ResponseHandler implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private readonly waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  private state: 'open' | 'complete' | 'cut' = 'open';
  private cutBy: string | undefined;
  private wake: () => void = () => undefined;

  constructor(
    private readonly signal: AbortSignal,
    private readonly resolve: (received: Received) => void,
    private readonly reject: (error: unknown) => void,
  ) {
    signal.addEventListener('abort', this.abort);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.controller = controller;
    if (this.signal.aborted) {
      this.abort();
    }
  }

  onResponseStart({ rawHeaders }: Dispatcher.DispatchController, status: number): void {
    if (status >= 200) {
      this.resolve({ status, headers: pairs(rawHeaders as readonly Buffer[]), body: this.body() });
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Uint8Array): void {
    this.waiting.push(chunk);
    this.waitingBytes += chunk.byteLength;
    if (this.waitingBytes > mostWaiting) {
      controller.pause();
    }
    this.wake();
  }

  onResponseEnd(): void {
    this.end('complete');
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error & { readonly code?: string }): void {
    this.cutBy = error.code;
    this.end('cut');
    this.reject(error);
  }

  private readonly abort = (): void => {
    this.controller?.abort(new Error('aborted'));
  };

  private end(state: 'complete' | 'cut'): void {
    this.state = state;
    this.signal.removeEventListener('abort', this.abort);
    this.wake();
  }

  private async *body(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const chunk = this.waiting.shift();
        if (chunk !== undefined) {
          this.waitingBytes -= chunk.byteLength;
          if (this.waitingBytes === 0) this.controller?.resume();
          yield chunk;
        } else if (this.state === 'open') {
          await new Promise<void>((resolve) => (this.wake = resolve));
        } else if (this.state === 'cut') {
          throw new CutResponse(this.cutBy);
        } else {
          return;
        }
      }
    } finally {
      if (this.state === 'open') this.abort(); // the reader left
    }
  }
}

/** HTTP/1.1 has no other encoding for header values (RFC 9110 section 5.5); the client gets the same bytes. */
function pairs(raw: readonly Buffer[]): HeaderList {
  const texts = raw.map((bytes) => bytes.toString('latin1'));
  return texts.flatMap((name, index) => (index % 2 === 0 ? [[name, texts[index + 1] ?? ''] as const] : []));
}
