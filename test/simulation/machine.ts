import type { Process } from './process';
import type { Scheduler } from './scheduler';

/** The computer that all windows run on: its clock, which people and time servers set, and what is on its disk. */
export class Machine {
  /** Files by name, with the time each was last touched, as the clock of the machine told it. */
  readonly lockFiles = new Map<string, number>();
  readonly callFiles = new Map<string, number>();
  stateFile: string | undefined;
  /** By whom and when the last turn of each lock was made, in true time. */
  readonly lastTurns = new Map<string, { readonly number: number; readonly by: Process; readonly at: number }>();
  /** When the clock was set back, in true time. */
  readonly setBack: number[] = [];
  /** When it was set forward. */
  readonly setForward: number[] = [];
  /** When the clock was last set at all, in true time. */
  jumpedAt = -Infinity;
  /** Until when some window was stopped or asleep, or died, or the clock was set, in true time. */
  disturbedUntil = -Infinity;
  private offset = 0;

  constructor(readonly scheduler: Scheduler) {}

  readonly wall = (): number => this.scheduler.now + this.offset;

  setClock(by: number): void {
    this.offset += by;
    this.jumpedAt = this.scheduler.now;
    this.disturb(0);
    (by < 0 ? this.setBack : this.setForward).push(this.scheduler.now);
  }

  disturb(milliseconds: number): void {
    this.disturbedUntil = Math.max(this.disturbedUntil, this.scheduler.now + milliseconds);
  }
}
