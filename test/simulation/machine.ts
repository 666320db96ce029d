import type { State } from '../../src/core/storage/stateFile';
import type { Process } from './process';
import type { Scheduler } from './scheduler';

/** The computer that all windows run on: its clock, which users and time servers can set, and its disk. */
export class Machine {
  /** Files by name, with the time each was last touched by the clock of the machine. */
  readonly lockFiles = new Map<string, number>();
  readonly callFiles = new Map<string, number>();
  stateFile: State | undefined;
  /** Which process last acquired each lock, and when, in simulated time. */
  readonly lastAcquired = new Map<string, { readonly number: number; readonly by: Process; readonly at: number }>();
  /** When the clock was set back, in simulated time. */
  readonly setBackAt: number[] = [];
  /** When it was set forward, in simulated time. */
  readonly setForwardAt: number[] = [];
  /** When the clock was last set at all, in simulated time. */
  clockSetAt = -Infinity;
  /** Until when a window was suspended, or when one crashed or the clock was set, in simulated time. */
  disturbedUntil = -Infinity;
  private offset = 0;

  constructor(readonly scheduler: Scheduler) {}

  readonly wall = (): number => this.scheduler.now + this.offset;

  setClock(by: number): void {
    this.offset += by;
    this.clockSetAt = this.scheduler.now;
    this.disturb(0);
    (by < 0 ? this.setBackAt : this.setForwardAt).push(this.scheduler.now);
  }

  disturb(milliseconds: number): void {
    this.disturbedUntil = Math.max(this.disturbedUntil, this.scheduler.now + milliseconds);
  }
}
