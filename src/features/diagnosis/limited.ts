import type { Clock } from '../../core/base/clock';

/** The longest that one check takes (milliseconds). */
const timeLimit = 10_000;
/** How long an aborted check may take to report its own reason (milliseconds). */
const grace = 500;

/**
 * Runs one check with a time limit, and ends at once when the user cancels. A file on a network share that is gone, or a
 * keyring that prompts, reacts to no signal: then the check goes on, but is no longer waited for.
 *
 * @param signal aborts when the user cancels
 * @param check receives a signal for the time limit and for the cancellation
 * @param late the result of a check that does not report its own time-out
 * @throws the reason of `signal`
 */
export async function limited<T>(
  clock: Clock,
  signal: AbortSignal,
  check: (limit: AbortSignal) => Promise<T>,
  late: () => T,
): Promise<T> {
  signal.throwIfAborted();
  const limit = new AbortController();
  const undo: (() => void)[] = [];
  const cancelled = new Promise<never>((_, reject) => {
    const cancel = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', cancel);
    undo.push(() => {
      signal.removeEventListener('abort', cancel);
    });
  });
  const timeIsUp = new Promise<T>((resolve) => {
    undo.push(
      clock.after(timeLimit, () => {
        limit.abort();
      }),
      clock.after(timeLimit + grace, () => {
        resolve(late());
      }),
    );
  });
  try {
    return await Promise.race([check(AbortSignal.any([signal, limit.signal])), cancelled, timeIsUp]);
  } finally {
    for (const step of undo) step();
  }
}
