/** Time, passed in so that tests and the simulation can own it. The only file that touches the system's clock. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`. */
  now(): number;
  /** Milliseconds since some moment; it cannot be set. Sleep of the machine may be left out. */
  steady(): number;
  /** Calls back once after so many milliseconds, unless cancelled before. Sleep of the machine delays it. */
  after(milliseconds: number, callback: () => void): Cancel;
}

export type Cancel = () => void;

/** `setTimeout` fires at once above this (2^31 − 1 ms, about 24.8 days). */
const longestTimer = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  steady: () => performance.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(milliseconds, 0), longestTimer));
    return () => {
      clearTimeout(timer);
    };
  },
};

/**
 * Notes the present moment. The returned function gives it by the clock at the time of the call: earlier, where the clock was
 * set back in between. A clock that was set forward does not show how much time has passed, and neither does the steady clock
 * after a sleep.
 */
export function noted(clock: Clock): () => number {
  const [now, steady] = [clock.now(), clock.steady()];
  return () => Math.min(now, clock.now() - (clock.steady() - steady));
}

/**
 * The value of `work`, or `late()` when it takes longer. The work itself goes on.
 */
export async function within<T, L>(
  clock: Clock,
  milliseconds: number,
  work: Promise<T>,
  late: () => L,
): Promise<T | L> {
  let cancel: Cancel = () => undefined;
  const timeIsUp = new Promise<void>((resolve) => {
    cancel = clock.after(milliseconds, resolve);
  });
  try {
    return await Promise.race([work, timeIsUp.then(late)]);
  } finally {
    cancel();
  }
}
