import assert from 'node:assert/strict';
import { expiryIn } from '../../../../src/features/signIn/pastedToken/expiryText';

const minute = 60_000;
const at = (hours: number, minutes: number, day = 23): number => new Date(2026, 10, day, hours, minutes).getTime();
const now = at(14, 40) + 12_000;

describe('when a pasted token expires', () => {
  for (const [text, left] of [
    ['45', 45],
    [' 45 ', 45],
    ['1', 1],
    ['45m', 45],
    ['45 min', 45],
    ['45 Minutes', 45],
    ['2 h', 120],
    ['1 hour', 60],
    ['300', 300],
    ['600 min', 600],
    ['40320 min', 28 * 24 * 60],
    ['3600 s', 60],
    ['90sec', 1.5],
    ['\uFF14\uFF15', 45], // as an input method for Japanese writes it
    ['\u0664\u0665', 45],
    ['45\u200B min', 45],
    ['1800 Seconds', 30],
  ] as const) {
    it(`is ${left} minutes from now for "${text}"`, () => {
      assert.deepEqual(expiryIn(text, now), { kind: 'accepted', value: now + left * minute });
    });
  }

  for (const [text, time] of [
    ['15:30', at(15, 30)],
    ['15.30', at(15, 30)],
    ['\uFF11\uFF15\uFF1A\uFF13\uFF10', at(15, 30)],
    ['3:30 pm', at(15, 30)],
    ['3:30PM', at(15, 30)],
    ['3 pm', at(15, 0)],
    ['15:30:59', at(15, 30)],
    ['14:41', at(14, 41)],
    ['0:10', at(0, 10, 24)],
    ['12:10 am', at(0, 10, 24)],
    ['2:40', at(2, 40, 24)],
  ] as const) {
    it(`is the next ${text}`, () => {
      assert.deepEqual(expiryIn(text, now), { kind: 'accepted', value: time });
    });
  }

  for (const text of ['14:40', '14:00', '2:41', '9:00 am']) {
    it(`is not ${text}, which has passed`, () => {
      const sentence = 'That time has passed, so the token has expired. Go back and paste a newer one.';
      assert.deepEqual(expiryIn(text, now), { kind: 'refused', sentence });
    });
  }

  for (const number of ['301', '3599', '40321']) {
    it(`may be ${number} seconds or minutes`, () => {
      const sentence = `Add the unit: ${number} s or ${number} min.`;
      assert.deepEqual(expiryIn(number, now), { kind: 'refused', sentence });
    });
  }

  for (const text of [
    '',
    '0',
    '-5',
    '4.5',
    '1e3',
    '40321 min',
    '99999 h',
    '13 pm',
    '24:00',
    '15:60',
    '13:00 pm',
    '0:30 am',
    'soon',
  ]) {
    it(`is not "${text}"`, () => {
      const sentence = 'Enter the minutes that are left, such as 45, or a time of day, such as 15:30.';
      assert.deepEqual(expiryIn(text, now), { kind: 'refused', sentence });
    });
  }
});
