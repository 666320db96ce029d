import type { Clock } from '../../base/clock';
import type { Processes } from '../localProxy';
import type { SharedState } from '../sharedState';

/** A listening window that has not touched the file in this many looks, a second apart, is gone or does not respond. */
export const quietAfter = 8;
/** Looks that follow each other faster count as one (milliseconds). */
const leastBetweenLooks = 900;
/** A file that was touched within this time belongs to a window that runs, as far as the first look can know (milliseconds). */
const freshFor = 10_000;

/**
 * - `alive`: another window has touched the file just now, or may have.
 * - `stuck`: it has not, but its process exists: it is suspended, or busy.
 * - `unknown`: no window says that it listens, but one may be about to.
 * - `gone`: there is none.
 */
export type OtherListener = 'alive' | 'stuck' | 'unknown' | 'gone';

/**
 * Watches from the file whether another window listens. It counts looks, and no time that passed between them: after
 * a sleep of the machine, and after its clock was set, all times are far apart, and every window still runs.
 */
export class ListenerWatch {
  private seen: string | undefined;
  private looks = 0;
  private countedAt = 0;
  private listener: SharedState['listener'];

  constructor(
    private readonly me: string,
    private readonly clock: Clock,
    private readonly processes: Pick<Processes, 'isRunning'>,
  ) {}

  /** Call this at each look. */
  see({ listener }: SharedState, touchedAt: number | undefined): void {
    const isFirst = this.seen === undefined;
    const now = listener === undefined ? 'none' : `${listener.id} ${touchedAt}`;
    if (now !== this.seen) {
      [this.looks, this.countedAt] = [0, this.clock.steady()];
    } else if (this.clock.steady() - this.countedAt >= leastBetweenLooks) {
      [this.looks, this.countedAt] = [this.looks + 1, this.clock.steady()];
    }
    this.seen = now;
    this.listener = listener;
    if (isFirst && listener !== undefined && !this.isFresh(touchedAt) && !this.processes.isRunning(listener.pid)) {
      this.looks = quietAfter;
    }
  }

  get other(): OtherListener {
    const isQuiet = this.looks >= quietAfter;
    if (this.listener === undefined || this.listener.id === this.me) {
      return isQuiet ? 'gone' : 'unknown';
    }
    if (!isQuiet) {
      return 'alive';
    }
    return this.processes.isRunning(this.listener.pid) ? 'stuck' : 'gone';
  }

  /** What was seen says nothing any more. */
  reset(): void {
    this.seen = undefined;
  }

  private isFresh(touchedAt: number | undefined): boolean {
    return touchedAt !== undefined && Math.abs(this.clock.now() - touchedAt) <= freshFor;
  }
}
