import assert from 'node:assert/strict';
import { MessageChannel } from 'node:worker_threads';
import { arrivals, systemClock, within } from '../../../src/core/base/clock';
import { FakeClock, monday } from '../../fakes/fakeClock';

describe('within', () => {
  it('returns what the work returns, and leaves no timer behind', async () => {
    const clock = new FakeClock();
    assert.equal(await within(clock, 1_000, Promise.resolve('done'), () => 'late'), 'done');
    await assert.rejects(
      within(clock, 1_000, Promise.reject(new Error('broken')), () => 'late'),
      /broken/,
    );
    assert.equal(clock.waiting, 0);
  });

  it('returns what `onTimeout` returns, or throws what it throws, when the work takes longer', async () => {
    const clock = new FakeClock();
    const never = new Promise<string>(() => undefined);
    assert.equal(await clock.finish(within(clock, 1_000, never, () => 'late')), 'late');
    assert.equal(clock.now() - monday, 1_000);
    const thrown = within(clock, 1_000, never, () => {
      throw new Error('too late');
    });
    await assert.rejects(clock.finish(thrown), /too late/);
  });
});

describe('systemClock', () => {
  it('fires after the time, and not when cancelled', async () => {
    const fired: string[] = [];
    const cancel = systemClock.after(1, () => fired.push('cancelled'));
    cancel();
    await new Promise<void>((resolve) => systemClock.after(5, resolve));
    assert.deepEqual(fired, []);
    assert.ok(Math.abs(systemClock.now() - Date.now()) < 100);
  });

  it('does not fire at once for a time that is too long for a timer', async () => {
    let fired = false;
    const cancels = [2 ** 31, 1e15, Infinity].map((time) =>
      systemClock.after(time, () => {
        fired = true;
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    cancels.forEach((cancel) => {
      cancel();
    });
    assert.ok(!fired);
  });
});

describe('arrivals', () => {
  it('lets what has arrived be handled first', async () => {
    const [order, pair] = [[] as string[], new MessageChannel()];
    pair.port2.once('message', () => order.push('message'));
    pair.port1.postMessage('');
    await arrivals();
    order.push('after');
    pair.port1.close();
    assert.deepEqual(order, ['message', 'after']);
  });
});
