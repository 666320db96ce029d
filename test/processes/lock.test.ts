import assert from 'node:assert/strict';
import { hammer } from './hammer';

describe('the lock between operating-system processes', () => {
  it('never has two holders that both write: 8 processes, killed and stopped, thousands of rounds', async function () {
    this.timeout(60_000);
    const result = await hammer({ processes: 8, milliseconds: 10_000, speed: 20, killEvery: 300, stopEvery: 200 });
    assert.deepEqual({ mixed: result.mixed, failures: result.failures }, { mixed: 0, failures: [] });
    assert.ok(result.late < result.holds / 100, `${result.late} stopped in that very instant`);
    assert.ok(result.holds > 200, `${result.holds} rounds`);
    assert.ok(result.killed > 10, `${result.killed} killed`);
  });
});
