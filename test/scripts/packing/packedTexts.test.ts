import assert from 'node:assert/strict';
import { languages, translations } from '../../../scripts/l10n/languages';
import { packedTexts } from '../../../scripts/packing/packedTexts';
import { unpackedTexts } from '../../../src/editor/messages/packedTexts';

describe('a packed bundle', () => {
  for (const language of languages()) {
    it(`${language}: says the same for every text, in little more than half of the bytes`, () => {
      const plain = translations(language);
      const packed = packedTexts(plain);
      const texts = unpackedTexts(JSON.parse(packed) as object);
      for (const [english, translation] of Object.entries(plain)) assert.equal(texts[english], translation);
      assert.ok(packed.length < JSON.stringify(plain).length * 0.6, `${packed.length}`);
    });
  }

  it('is the same again, whatever the order of its texts was', () => {
    assert.equal(packedTexts({ a: 'A', b: 'B', c: 'A' }), packedTexts({ c: 'A', b: 'B', a: 'A' }));
  });

  it('keeps every key apart, by another seed if need be', () => {
    const many = Object.fromEntries(Array.from({ length: 1_300 }, (_, index) => [`text ${index}`, `Text ${index}`]));
    const packed = JSON.parse(packedTexts(many)) as { seed: number; keys: string };
    assert.equal(new Set(packed.keys.match(/.{3}/g)).size, 1_300);
    assert.ok(packed.seed > 0);
  });

  it('is refused if there are too many texts for keys of their own', () => {
    const tooMany = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`${index}`, '']));
    assert.throws(() => packedTexts(tooMany), /needs longer keys/);
  });
});
