import type { Clock } from '../../core/base/clock';

/** One look takes no longer (milliseconds). */
const patience = 10_000;
/** So long it may take to say why it was late (milliseconds). */
const lastWord = 500;

/**
 * One look, which takes no longer than our patience and ends at once when the person cancels. A file on a network share
 * that is gone, or a keyring that asks, hears no signal: then the look goes on, and nobody waits for it.
 *
 * @param signal the person cancels
 * @param look gets a signal for both ends
 * @param late what is said of a look that says nothing itself
 * @throws the reason of `signal`
 */
export async function limited<T>(
  clock: Clock,
  signal: AbortSignal,
  look: (limit: AbortSignal) => Promise<T>,
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
      clock.after(patience, () => {
        limit.abort();
      }),
      clock.after(patience + lastWord, () => {
        resolve(late());
      }),
    );
  });
  try {
    return await Promise.race([look(AbortSignal.any([signal, limit.signal])), cancelled, timeIsUp]);
  } finally {
    for (const step of undo) step();
  }
}
