import assert from 'node:assert/strict';
import { textTag } from '../../../src/core/base/textTag';
import { inLanguage } from '../../fakes/inLanguage';

const key = 'en/The tag of the language of this file, such as de. Dates and plural forms follow it.';

describe('the tag of the language of the texts', () => {
  it('is that of the translation, and English without one', () => {
    assert.equal(textTag(), 'en');
    inLanguage({ [key]: 'pt-br' }, () => assert.equal(textTag(), 'pt-BR'));
  });

  it('is English where a translation has something else', () => {
    for (const other of ['"><script>', '[ëñ]', ' ', '-']) {
      inLanguage({ [key]: other }, () => assert.equal(textTag(), 'en', other));
    }
  });
});
