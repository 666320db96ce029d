import type { Clock } from './clock';
import { Failure, isFailure } from './failure';

/**
 * Runs `work` with a signal that aborts after so many milliseconds, or when `outer` does. Waits for the work to end: it is
 * for the work to heed the signal.
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
 * The same for calls to a server: the deadline is a `timeout`, and `cancelled` is left for what the user cancels.
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

/** Never resolves, and rejects when the signal aborts: to be raced with work that heeds no signal. */
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
