import assert from 'node:assert/strict';
import { countsText, splitCounts } from '../../../scripts/steps/counts';

describe('the counts of a step', () => {
  it('are read from the last line that the step printed, and not shown again', () => {
    const output = `1 passed, 7 failed\n  9 passing\n\n${countsText({ passed: 12, failed: 3 })}\n`;
    assert.deepEqual(splitCounts(output), {
      text: '1 passed, 7 failed\n  9 passing',
      counts: { passed: 12, failed: 3 },
    });
  });

  it('are missing if the step ended before it printed them', () => {
    for (const output of ['', '1 passed, 0 failed\nKilled', '  1 passed, 0 failed', 'passed, failed']) {
      assert.deepEqual(splitCounts(output), { text: output });
    }
  });
});
