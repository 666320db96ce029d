import type { Clock } from '../base/clock';

/** When a lock counts as abandoned, and how its holder shows that it is held (milliseconds). */
export interface LockTiming {
  /** A held lock is touched this often. */
  readonly touchEvery: number;
  /** A holder that has not touched its lock for this long has lost it, well before others may take it. */
  readonly leaseDuration: number;
  /** A lock that was not touched for this long is free: its holder is dead or was suspended. */
  readonly staleAfter: number;
  /** Waiters check the lock again after about this long. */
  readonly pollEvery: number;
  /** A waiter that has waited for this long, whichever windows had the lock meanwhile, takes it from its holder. */
  readonly longestWait: number;
}

export const defaultTiming: LockTiming = {
  touchEvery: 1_000,
  leaseDuration: 3_000,
  staleAfter: 4_000,
  pollEvery: 100,
  longestWait: 60_000,
};

/** By both clocks: one can be set, the other may leave out the time that the machine slept. */
export interface Moment {
  readonly now: number;
  readonly steady: number;
}

export function momentOf(clock: Clock): Moment {
  return { now: clock.now(), steady: clock.steady() };
}
