import assert from 'node:assert/strict';
import { Retry } from '../../../src/core/base/retry';
import { FakeClock } from '../../fakes/fakeClock';

describe('what is tried again by itself', () => {
  it('comes at growing distances, is not put off by another failure, and begins anew after a success', async () => {
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
