import { within, type Clock } from '../../core/base/clock';
import { aborted, withDeadline } from '../../core/base/deadline';

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
  const work = (limit: AbortSignal): Promise<T> => Promise.race([look(limit), aborted(signal)]);
  return await withDeadline(clock, patience, (limit) => within(clock, patience + lastWord, work(limit), late), signal);
}
