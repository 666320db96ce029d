import assert from 'node:assert/strict';
import { whenText } from '../../../src/editor/messages/whenText';

describe('a time inside a sentence', () => {
  const noon = new Date(2026, 11, 19, 12).getTime();

  it('is only the time for today', () => {
    assert.equal(whenText(noon + 3_600_000, noon), 'at 13:00');
  });

  it('has the date otherwise', () => {
    assert.match(whenText(noon + 24 * 3_600_000, noon), /^on \w+ \w+, 12:00$/);
  });
});
