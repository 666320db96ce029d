import { uptime } from 'node:os';

/** The clock, passed in so that tests and the simulation can control time. Only this file uses the system clock. */
export interface Clock {
  /** Milliseconds since 1970, as `Date.now()`. */
  now(): number;
  /**
   * Milliseconds since an arbitrary moment, as `performance.now()`. It cannot be set, and may pause while the machine
   * sleeps.
   */
  steady(): number;
  /**
   * Calls back once after this many milliseconds, unless cancelled first. It is late if the machine sleeps meanwhile.
   */
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
 * Records the current time. The returned function returns it in terms of the clock as it is set at that call: earlier,
 * if the clock was set back in between. It does not correct for a clock that was set forward, which looks the same as a
 * sleep of the machine.
 */
export function recordTime(clock: Clock): () => number {
  const [now, steady] = [clock.now(), clock.steady()];
  return () => Math.min(now, clock.now() - (clock.steady() - steady));
}

/**
 * When this machine was started, by its clock as it is set now (milliseconds since 1970). Sleep does not change it, so it
 * shows that the clock was set, which nothing else tells from a sleep. Undefined where a sandbox hides it.
 */
export function bootedAt(): number | undefined {
  try {
    return Math.round(Date.now() - uptime() * 1_000);
  } catch {
    return undefined;
  }
}

/** Resolves with the value of `work`, or with `onTimeout()` if it takes longer. Does not stop the work. */
export async function within<T, L>(
  clock: Clock,
  milliseconds: number,
  work: Promise<T>,
  onTimeout: () => L,
): Promise<T | L> {
  let cancel: Cancel = () => undefined;
  const timeIsUp = new Promise<void>((resolve) => {
    cancel = clock.after(milliseconds, resolve);
  });
  try {
    return await Promise.race([work, timeIsUp.then(onTimeout)]);
  } finally {
    cancel();
  }
}

/** Resolves once everything that has arrived at this process by now was handled. Takes one round of the event loop. */
export async function arrivals(): Promise<void> {
  // The first one still comes in the round in which the caller runs.
  for (let round = 0; round < 2; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
