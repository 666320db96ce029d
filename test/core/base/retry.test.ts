import assert from 'node:assert/strict';
import { Retry } from '../../../src/core/base/retry';
import { FakeClock } from '../../fakes/fakeClock';

describe('a retry', () => {
  it('comes after growing delays, is not postponed by another failure, and starts over after a success', async () => {
    const clock = new FakeClock();
    const start = clock.steady();
    const tries: number[] = [];
    const retry = new Retry(clock, () => {
      tries.push((clock.steady() - start) / 1000);
      retry.later();
    });
    retry.later();
    await clock.pass(3_000);
    retry.later(); // something else failed
    await clock.pass(40_000);
    assert.deepEqual(tries, [5, 15, 35]);
    retry.done();
    retry.later();
    await clock.pass(5_000);
    assert.deepEqual(tries, [5, 15, 35, 48]);
    retry.done();
  });
});
