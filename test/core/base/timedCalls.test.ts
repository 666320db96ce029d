import assert from 'node:assert/strict';
import { TimedCalls } from '../../../src/core/base/timedCalls';
import { FakeClock, settle } from '../../fakes/fakeClock';

describe('TimedCalls', () => {
  it('never make a call before the last one has answered, however late that is', async () => {
    const [clock, calls] = [new FakeClock(), new TimedCalls()];
    const made: string[] = [];
    let answer: () => void = () => undefined;
    const call = (name: string) => () => {
      made.push(name);
      return new Promise<void>((resolve) => (answer = resolve));
    };
    await assert.rejects(clock.finish(calls.run(clock, 1_000, call('first'))), /no answer/);
    assert.equal(clock.steady(), 1_000);
    await assert.rejects(calls.run(clock, 1_000, call('second')), /no answer/);
    answer();
    await settle();
    const third = calls.run(clock, 1_000, call('third'));
    answer();
    await third;
    assert.deepEqual([made, clock.waiting], [['first', 'third'], 0]);
  });

  it('make another call after one that failed', async () => {
    const [clock, calls] = [new FakeClock(), new TimedCalls()];
    await assert.rejects(
      calls.run(clock, 1_000, () => Promise.reject(new Error('keyring locked'))),
      /keyring locked/,
    );
    await calls.run(clock, 1_000, () => Promise.resolve());
  });
});
