import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { textLanguage } from '../../../src/editor/messages/textLanguage';
import { timeText } from '../../../src/editor/messages/timeText';
import { whenText } from '../../../src/editor/messages/whenText';
import { inLanguage } from '../../fakes/inLanguage';

const noon = new Date(2026, 9, 5, 12, 0).getTime();
const tomorrow = new Date(2026, 11, 21, 15, 32).getTime();

describe('the language of the texts', () => {
  it('is English without a translation, with the customs of an English system', () => {
    assert.match(textLanguage(), /^en\b/);
  });

  it('is that of the translation: a date is in the language of its sentence', () => {
    inLanguage({ [languageKey]: 'de', 'on {0}/{0} is a date with a time, such as 21 Dec, 15:32': 'am {0}' }, () => {
      assert.match(textLanguage(), /^de\b/);
      assert.equal(timeText(tomorrow, noon), '21. Dez., 15:32');
      assert.equal(whenText(tomorrow, noon), 'am 21. Dez., 15:32');
    });
  });

  it('is English where a translation has something else than a tag', () => {
    inLanguage({ [languageKey]: '[ëñ~~]' }, () => assert.match(textLanguage(), /^en\b/));
  });

  it('is one that dates can be written in, also where the locale of the system has a variant', () => {
    const file = JSON.stringify(join(import.meta.dirname, '../../../src/editor/messages/timeText'));
    const program = `console.log(require(${file}).zonedTimeText(0))`;
    for (const locale of ['en_IE@euro', 'en_US@posix']) {
      const env = { ...process.env, LC_ALL: locale, TZ: 'UTC' };
      const written = execFileSync(process.execPath, ['--import', 'tsx', '-e', program], { env, encoding: 'utf8' });
      assert.match(written, /1970/, locale);
    }
  });
});

const languageKey = 'en/The tag of the language of this file, such as de. Dates and plural forms follow it.';
