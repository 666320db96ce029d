import type { Clock } from './clock';

/** A point in time, by both clocks of the machine: one stands still while it sleeps, and the other can be set back. */
export interface Moment {
  readonly now: number;
  readonly steady: number;
}

export function momentOf(clock: Pick<Clock, 'now' | 'steady'>): Moment {
  return { now: clock.now(), steady: clock.steady() };
}

/** Whether less than this many milliseconds have passed since then, by both clocks. */
export function isWithin(
  milliseconds: number,
  since: Moment | undefined,
  clock: Pick<Clock, 'now' | 'steady'>,
): boolean {
  if (since === undefined) {
    return false;
  }
  const { now, steady } = momentOf(clock);
  return now - since.now < milliseconds && steady - since.steady < milliseconds;
}
