import type { Clock } from './clock';

/** A clock that moves only when a test advances it. */
export interface ManualClock {
  readonly now: Clock;
  advance(seconds: number): void;
}

export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let time = start;
  return {
    now: () => time,
    advance: (seconds) => {
      time += seconds * 1000;
    },
  };
}
