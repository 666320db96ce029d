import type { Cancel, Clock } from './clock';

/** The first delay, and the longest: it doubles after each failure (milliseconds). */
const firstDelay = 5_000;
const longestDelay = 300_000;

/** Repeats failed work, after growing delays, until it succeeds. */
export class Retry {
  private delay = firstDelay;
  private cancel: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    /** Calls `later` if it failed, `done` if it succeeded. */
    private readonly work: () => void,
  ) {}

  /** Another failure does not postpone a retry that is already scheduled. */
  later(): void {
    this.cancel ??= this.clock.after(this.delay, () => {
      this.cancel = undefined;
      this.delay = Math.min(this.delay * 2, longestDelay);
      this.work();
    });
  }

  done(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.delay = firstDelay;
  }
}
