import assert from 'node:assert/strict';
import { plural } from '../../../src/editor/messages/plural';
import { inLanguage } from '../../fakes/inLanguage';

const language = 'en/The tag of the language of this file, such as de. Dates and plural forms follow it.';

describe('a sentence with a number', () => {
  it('has the form that English uses for it', () => {
    const files = (count: number): string => plural(count, { one: 'one', other: 'many' });
    assert.deepEqual([0, 1, 2, 21].map(files), ['many', 'one', 'many', 'many']);
  });

  it('has the forms of another language, as far as they are there', () => {
    inLanguage({ [language]: 'pl' }, () => {
      const forms = { one: 'plik', few: 'pliki', other: 'plików' };
      assert.deepEqual(
        [1, 3, 5, 22].map((count) => plural(count, forms)),
        ['plik', 'pliki', 'plików', 'pliki'],
      );
      assert.equal(plural(3, { one: 'one', other: 'other' }), 'other');
    });
  });
});
