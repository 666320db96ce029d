import assert from 'node:assert/strict';
import { hammer } from './hammer';

describe('the lock between operating-system processes', () => {
  it('never has two holders that both write: 8 processes, killed and suspended, thousands of rounds', async function () {
    this.timeout(60_000);
    const result = await hammer({ processes: 8, milliseconds: 10_000, speed: 20, killEvery: 300, suspendEvery: 200 });
    assert.deepEqual({ interleaved: result.interleaved, failures: result.failures }, { interleaved: 0, failures: [] });
    assert.ok(result.late < result.acquisitions / 100, `${result.late} suspended at that instant`);
    assert.ok(result.acquisitions > 50, `${result.acquisitions} rounds`);
    assert.ok(result.killed > 10, `${result.killed} killed`);
  });
});
