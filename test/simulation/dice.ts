import type { Random } from '../../src/core/base/random';

/** All random choices of a run, from one seed: the same seed gives the same run. */
export class Dice implements Random {
  private state: number;
  private ids = 0;

  constructor(readonly seed: number) {
    this.state = (seed ^ 0x9e3779b9) >>> 0;
    this.fraction();
    this.fraction();
  }

  /** Mulberry32: 0 up to, but not including, 1. */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  id(): string {
    this.ids += 1;
    return `id-${this.ids}`;
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  between(low: number, high: number): number {
    return low + this.fraction() * (high - low);
  }

  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.fraction() * choices.length)]!;
  }

  /** A duration that is mostly short and sometimes long, with this mean. */
  about(mean: number): number {
    return -Math.log(1 - this.fraction()) * mean;
  }
}
