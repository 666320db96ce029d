import { within, type Clock } from '../../core/base/clock';
import { aborted, withDeadline } from '../../core/base/deadline';

/** The longest time that one check may take (milliseconds). */
const timeLimit = 10_000;
/** How long an aborted check may take to report its own reason (milliseconds). */
const grace = 500;

/**
 * Runs one check with a time limit, and stops at once when the user cancels. Reading from a lost network share, or a
 * keyring that prompts, cannot be aborted: such a check goes on, but nothing waits for it.
 *
 * @param signal aborts when the user cancels
 * @param check receives a signal for the time limit and for the cancellation
 * @param late the result of a check that does not report its own timeout
 * @throws the reason of `signal`
 */
export async function limited<T>(
  clock: Clock,
  signal: AbortSignal,
  check: (limit: AbortSignal) => Promise<T>,
  late: () => T,
): Promise<T> {
  signal.throwIfAborted();
  const work = (limit: AbortSignal): Promise<T> => Promise.race([check(limit), aborted(signal)]);
  return await withDeadline(clock, timeLimit, (limit) => within(clock, timeLimit + grace, work(limit), late), signal);
}
