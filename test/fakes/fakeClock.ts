import type { Cancel, Clock } from '../../src/core/base/clock';

interface Timer {
  readonly due: number;
  readonly callback: () => void;
}

/** Monday, 5 October 2026, 08:00 UTC. */
export const monday = Date.UTC(2026, 9, 5, 8);

/**
 * A clock that stands still until a test moves it. Timers measure time that passes, as `setTimeout` does: setting the
 * clock forward or back (`set`) fires none of them and delays none.
 */
export class FakeClock implements Clock {
  private passed = 0;
  private offset = monday;
  private timers: Timer[] = [];

  readonly now = (): number => this.passed + this.offset;
  readonly steady = (): number => this.passed;

  readonly after = (milliseconds: number, callback: () => void): Cancel => {
    const timer: Timer = { due: this.passed + Math.max(milliseconds, 0), callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  };

  /** The number of pending timers. */
  get waiting(): number {
    return this.timers.length;
  }

  /** Sets the machine's clock. */
  set(time: number): void {
    this.offset = time - this.passed;
  }

  /** Lets time pass. Timers fire in time, and what they start runs before the next timer. */
  async pass(milliseconds: number): Promise<void> {
    const end = this.passed + milliseconds;
    await settle();
    for (let next = this.next(); next !== undefined && next.due <= end; next = this.next()) {
      this.fire(next);
      await settle();
    }
    this.passed = end;
    await settle();
  }

  /** Lets time pass from timer to timer until the work is done. `now` then shows how long it took. */
  async finish<T>(work: Promise<T>): Promise<T> {
    const done = new AbortController();
    const end = () => {
      done.abort();
    };
    work.then(end, end);
    await settle();
    for (let timers = 0; !done.signal.aborted; timers += 1) {
      const next = this.next();
      if (next === undefined || timers > 10_000) {
        throw new Error('The work waits for something that is no timer.');
      }
      this.fire(next);
      await settle();
    }
    return work;
  }

  private next(): Timer | undefined {
    return this.timers.toSorted((one, other) => one.due - other.due)[0];
  }

  private fire(timer: Timer): void {
    this.timers = this.timers.filter((other) => other !== timer);
    this.passed = Math.max(this.passed, timer.due);
    timer.callback();
  }
}

/** Runs everything that waits for neither a timer nor the network. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
