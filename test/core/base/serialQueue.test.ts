import assert from 'node:assert/strict';
import { SerialQueue } from '../../../src/core/base/serialQueue';

describe('SerialQueue', () => {
  it('runs one piece of work at a time, in the order of the calls', async () => {
    const queue = new SerialQueue();
    const trace: string[] = [];
    const work = (name: string, rounds: number) =>
      queue.run(async () => {
        trace.push(`${name} starts`);
        for (let round = 0; round < rounds; round += 1) {
          await Promise.resolve();
        }
        trace.push(`${name} ends`);
        return name;
      });
    assert.deepEqual(await Promise.all([work('a', 9), work('b', 1), work('c', 3)]), ['a', 'b', 'c']);
    assert.deepEqual(trace, ['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  });

  it('goes on after a failure, which only its own caller receives', async () => {
    const queue = new SerialQueue();
    const broken = queue.run(() => Promise.reject(new Error('broken')));
    const next = queue.run(() => Promise.resolve('next'));
    await assert.rejects(broken, /broken/);
    assert.equal(await next, 'next');
    await assert.rejects(
      queue.run(() => {
        throw new Error('at once');
      }),
      /at once/,
    );
    assert.equal(await queue.run(() => Promise.resolve(1)), 1);
  });
});
