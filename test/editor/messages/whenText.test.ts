import assert from 'node:assert/strict';
import { whenText } from '../../../src/editor/messages/whenText';

describe('when something ends, inside a sentence', () => {
  const noon = new Date(2026, 11, 19, 12).getTime();

  it('is a time of today', () => {
    assert.equal(whenText(noon + 3_600_000, noon), 'at 13:00');
  });

  it('is a day otherwise', () => {
    assert.match(whenText(noon + 24 * 3_600_000, noon), /^on \w+ \w+, 12:00$/);
  });
});
