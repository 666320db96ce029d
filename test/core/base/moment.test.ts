import assert from 'node:assert/strict';
import { isWithin, momentOf } from '../../../src/core/base/moment';
import { FakeClock, monday } from '../../fakes/fakeClock';

describe('whether something was a short while ago', () => {
  it('is a matter of both clocks: one can be set, and the other stands still while the machine sleeps', async () => {
    const clock = new FakeClock();
    const since = momentOf(clock);
    assert.ok(!isWithin(1_000, undefined, clock));
    await clock.pass(999);
    assert.ok(isWithin(1_000, since, clock));
    clock.set(monday - 3_600_000);
    await clock.pass(1);
    assert.ok(!isWithin(1_000, since, clock), 'the clock was set back');
    const asleep = { now: clock.now() - 1_000, steady: clock.steady() };
    assert.ok(!isWithin(1_000, asleep, clock), 'the machine has slept');
  });
});
