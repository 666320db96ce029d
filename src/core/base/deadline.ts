import type { Clock } from './clock';
import { Failure, isFailure } from './failure';

/**
 * Runs `work` with a signal that aborts after this many milliseconds, or when `outer` does. Waits until the work ends,
 * so the work must react to the signal.
 */
export async function withDeadline<T>(
  clock: Clock,
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  const deadline = new AbortController();
  const stopTimer = clock.after(milliseconds, () => {
    deadline.abort();
  });
  try {
    return await work(outer === undefined ? deadline.signal : AbortSignal.any([outer, deadline.signal]));
  } finally {
    stopTimer();
  }
}

/**
 * The same for calls to a server: a missed deadline is a `timeout`, and `cancelled` means that the user cancelled.
 *
 * @throws {Failure} `timeout` or `cancelled`, with the host
 */
export async function callWithDeadline<T>(
  clock: Clock,
  milliseconds: number,
  host: string,
  call: (signal: AbortSignal) => Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  try {
    return await withDeadline(clock, milliseconds, call, outer);
  } catch (error) {
    if (outer?.aborted === true) {
      throw new Failure('cancelled', { host });
    }
    throw isFailure(error) && error.code === 'cancelled' ? new Failure('timeout', { host }) : error;
  }
}

/** Never resolves, and rejects when the signal aborts. Race it with work that ignores the signal. */
export function aborted(signal: AbortSignal, reason?: Error): Promise<never> {
  return new Promise<never>((_resolve, reject) => {
    const stop = (): void => {
      reject(reason ?? (signal.reason as Error));
    };
    if (signal.aborted) {
      stop();
    }
    signal.addEventListener('abort', stop, { once: true });
  });
}
