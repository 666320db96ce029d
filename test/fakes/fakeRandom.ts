import type { Random } from '../../src/core/base/random';

let number = 0;

/** Ids that are unique within a run, and a fraction that the test sets. */
export class FakeRandom implements Random {
  value = 0.5;

  id(): string {
    number += 1;
    return `id-${number}`;
  }

  fraction(): number {
    return this.value;
  }
}
