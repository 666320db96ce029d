import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { FailureMemory } from '../../../src/core/calls/failureMemory';
import { monday } from '../../fakes/fakeClock';

const server = 'https://auth.reltio.com';
const failure = new Failure('unreachable');

/** How long a failure is remembered, in seconds. */
function remembered(memory: FailureMemory, from: number): number {
  let seconds = 0;
  while (memory.recall(server, from + seconds * 1000) !== undefined) {
    seconds += 0.5;
  }
  return seconds;
}

describe('FailureMemory', () => {
  it('remembers for 1, 3, 7, 15, 60 and 60 seconds, one failure after the other', () => {
    const memory = new FailureMemory();
    let now = monday;
    const waits = Array.from({ length: 7 }, () => {
      memory.record(server, failure, now);
      const wait = remembered(memory, now);
      now += wait * 1000;
      return wait;
    });
    assert.deepEqual(waits, [1, 3, 7, 15, 60, 60, 60]);
  });

  it('returns the failure itself', () => {
    const memory = new FailureMemory();
    memory.record(server, failure, monday);
    assert.equal(memory.recall(server, monday), failure);
  });

  it('waits as long as the server asked, if that is longer, but not for ever', () => {
    const memory = new FailureMemory();
    memory.record(server, new Failure('rateLimited', { retryAfterMs: 20_000 }), monday);
    assert.equal(remembered(memory, monday), 20);
    memory.record(server, new Failure('rateLimited', { retryAfterMs: 1e15 }), monday);
    assert.ok(remembered(memory, monday) <= 300);
    memory.clear(server);
    memory.record(server, new Failure('rateLimited', { retryAfterMs: 0 }), monday);
    assert.equal(remembered(memory, monday), 1);
  });

  it('concerns one server only', () => {
    const memory = new FailureMemory();
    memory.record(server, failure, monday);
    assert.equal(memory.recall('https://auth-stg.reltio.com', monday), undefined);
  });

  it('forgets, and counts from the start again, after a success or when the user wants to try', () => {
    for (const forget of ['clear', 'resetBackOff', 'resetAllBackOffs'] as const) {
      const memory = new FailureMemory();
      memory.record(server, failure, monday);
      memory.record(server, failure, monday);
      memory[forget](server);
      assert.equal(memory.recall(server, monday), undefined);
      memory.record(server, failure, monday);
      assert.equal(remembered(memory, monday), 1);
    }
  });

  it('reports the outage since the first failure until a success, even when the user wants to try', () => {
    const memory = new FailureMemory();
    memory.record(server, failure, monday);
    memory.record(server, failure, monday + 60_000);
    memory.resetAllBackOffs();
    assert.deepEqual([memory.outage(server)?.failure, memory.outage(server)?.since], [failure, monday]);
    memory.clear(server);
    assert.equal(memory.outage(server), undefined);
  });

  it('does not block callers for a day because the clock was set back by one', () => {
    const memory = new FailureMemory();
    memory.record(server, failure, monday);
    assert.equal(memory.recall(server, monday - 24 * 3_600_000), undefined);
  });
});
