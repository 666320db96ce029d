import { systemClock, type Clock } from '../base/clock';
import { Failure } from '../base/failure';
import type { FailureCode } from '../base/failureTable';
import { openLoopbackServer } from './loopbackServer';

/** How long a user may take in the browser, in milliseconds: enough for a password, a phone and a one-time code. */
export const callbackTimeLimit = 5 * 60_000;

/** Waits on this machine for the browser to come back from Reltio. */
export interface CallbackListener {
  /**
   * The query of the one request that was expected, with a `code` or an `error`. Rejects with `callbackTimeout` after five
   * minutes, and with `cancelled` when the signal aborts or `close` is called first.
   */
  readonly answer: Promise<URLSearchParams>;
  /**
   * Closes every connection once the browser has its page, and resolves when the port is free. This also happens by itself
   * as soon as `answer` is settled.
   */
  close(): Promise<void>;
}

/**
 * Listens on this redirect address until the expected request arrives. Everything else is answered and ignored, because
 * other programs and web pages can send requests to the port as well.
 *
 * @param redirectUri plain `http` at `localhost`, `127.0.0.1` or `[::1]`
 * @param isExpected whether a query belongs to this sign-in, by its `state`; must not throw
 * @throws {Failure} `portBusy` with the port, or `cancelled`
 */
export async function listenForCallback(
  redirectUri: URL,
  isExpected: (parameters: URLSearchParams) => boolean,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<CallbackListener> {
  const answer = new Answer(redirectUri.host);
  const server = await openLoopbackServer(
    redirectUri,
    (parameters) => {
      if (!isExpected(parameters)) {
        return 'unexpected';
      }
      answer.resolve(parameters);
      return parameters.has('code') && !parameters.has('error') ? 'accepted' : 'refused';
    },
    clock,
  );

  const cancel = (): void => {
    answer.reject('cancelled');
  };
  const stopTimer = clock.after(callbackTimeLimit, () => {
    answer.reject('callbackTimeout');
  });
  signal.addEventListener('abort', cancel, { once: true });
  const closed = answer.settled.then(async () => {
    stopTimer();
    signal.removeEventListener('abort', cancel);
    await server.close();
  });

  if (signal.aborted) {
    cancel();
    await closed;
    throw new Failure('cancelled', { host: redirectUri.host });
  }
  return {
    answer: answer.promise,
    close: () => {
      cancel();
      return closed;
    },
  };
}

/** A promise that is settled by whatever happens first. */
class Answer {
  readonly promise: Promise<URLSearchParams>;
  /** Resolves when `promise` resolves or rejects. */
  readonly settled: Promise<void>;
  private settle: { resolve(answer: URLSearchParams): void; reject(reason: Failure): void } | undefined;

  constructor(private readonly host: string) {
    this.promise = new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
    });
    const done = (): void => undefined;
    this.settled = this.promise.then(done, done);
  }

  resolve(answer: URLSearchParams): void {
    this.settle?.resolve(answer);
  }

  reject(code: FailureCode): void {
    this.settle?.reject(new Failure(code, { host: this.host }));
  }
}
