import assert from 'node:assert/strict';
import * as l10n from '@vscode/l10n';
import { keyOf, unpackedTexts } from '../../../src/editor/messages/packedTexts';

const texts = { Yes: 'Ja', 'No {0}': 'Nein, {0}', 'en/tag': 'de' };
const english = Object.keys(texts);
const packed = {
  seed: 7,
  keys: english.map((text) => keyOf(text, 7)).join(''),
  texts: Object.values(texts),
};

describe('the bundle of a language', () => {
  afterEach(() => {
    l10n.config({ contents: {} });
  });

  for (const [form, bundle] of Object.entries({ packed, plain: texts })) {
    it(`${form}: translates every text, and has others in English`, () => {
      l10n.config({ contents: unpackedTexts(bundle) });
      assert.equal(l10n.t('Yes'), 'Ja');
      assert.equal(l10n.t('No {0}', 'one'), 'Nein, one');
      assert.equal(l10n.t({ message: 'en', comment: ['tag'] }), 'de');
      assert.equal(l10n.t('Perhaps {0}', 'one'), 'Perhaps one');
    });
  }

  it('is the same object where nothing is packed', () => {
    const none = {};
    assert.equal(unpackedTexts(none), none);
    const named = { texts: 'Texte' };
    assert.equal(unpackedTexts(named), named);
  });

  it('has keys that depend on every letter, their order, and the seed', () => {
    const keys = ['Sign in', 'sign in', 'Sign ni', 'Sign in.', ''].map((text) => keyOf(text, 0));
    assert.equal(new Set([...keys, keyOf('Sign in', 1)]).size, keys.length + 1);
    for (const key of keys) assert.match(key, /^[\w-]{3}$/);
  });
});
