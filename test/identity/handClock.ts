import type { Clock } from './clock';

/** A clock that moves only by hand. */
export interface HandClock {
  readonly now: Clock;
  forward(seconds: number): void;
}

export function handClock(start = Date.UTC(2026, 0, 1)): HandClock {
  let time = start;
  return {
    now: () => time,
    forward: (seconds) => {
      time += seconds * 1000;
    },
  };
}
