import type { Cancel, Clock } from './clock';

/** The first distance, and the longest that it grows to by doubling (milliseconds). */
const first = 5_000;
const longest = 300_000;

/** Something that did not work is tried again by itself, at growing distances, until it has. */
export class Retry {
  private distance = first;
  private cancel: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    /** Calls `later` or `done`, as it went. */
    private readonly work: () => void,
  ) {}

  /** What is to be tried again already is not put off by another failure. */
  later(): void {
    this.cancel ??= this.clock.after(this.distance, () => {
      this.cancel = undefined;
      this.distance = Math.min(this.distance * 2, longest);
      this.work();
    });
  }

  done(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.distance = first;
  }
}
