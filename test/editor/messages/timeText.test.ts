import assert from 'node:assert/strict';
import { dateShownAt, spanText, spokenSpan, spokenUnit, timeText } from '../../../src/editor/messages/timeText';

describe('time in words', () => {
  it('is never more than the time left', () => {
    const said: [number, string][] = [
      [-1, 'less than 1 min'],
      [59_999, 'less than 1 min'],
      [60_000, '1 min'],
      [42.9 * 60_000, '42 min'],
      [3_600_000, '1 h'],
      [3_600_000 + 5 * 60_000, '1 h 5 min'],
    ];
    for (const [milliseconds, text] of said) assert.equal(spanText(milliseconds), text);
  });

  it('is in words for a screen reader', () => {
    const said = [59_999, 60_000, 3_600_000, 2 * 3_600_000 + 5 * 60_000].map(spokenSpan);
    assert.deepEqual(said, ['less than a minute', '1 minute', '1 hour', '2 hours 5 minutes']);
    assert.deepEqual([spokenUnit(1, 'second'), spokenUnit(1_000, 'day')], ['1 second', '1000 days']);
  });

  it('shows the date only when it is another day', () => {
    const noon = new Date(2026, 9, 5, 12, 0).getTime();
    assert.equal(timeText(new Date(2026, 9, 5, 15, 32).getTime(), noon), '15:32');
    assert.match(timeText(new Date(2026, 9, 6, 1, 5).getTime(), noon), /\b6\b.*, 01:05$/);
  });

  it('knows when the date starts to show', () => {
    const noon = new Date(2026, 9, 5, 12, 0).getTime();
    const midnight = new Date(2026, 9, 6).getTime();
    assert.equal(dateShownAt(noon, noon), midnight);
    assert.equal(dateShownAt(noon, midnight), undefined);
  });
});
