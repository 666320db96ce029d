import assert from 'node:assert/strict';
import { languages, translations } from '../../../scripts/l10n/languages';
import { manifest, manifestTexts } from '../../../scripts/l10n/manifest';
import { sourceTexts } from '../../../scripts/l10n/sourceTexts';
import { translationFaults } from '../../../scripts/l10n/translationFaults';

describe('a translation', () => {
  const titles = [['Sign In', 'Anmelden']] as const;
  const faults = (english: string, translation: string): string[] =>
    translationFaults({ texts: { key: english }, translations: { key: translation } }, titles);

  it('is complete, and translates nothing that is not there', () => {
    const texts = { a: 'A', 'b/note': { message: 'B', comment: ['note'] } };
    assert.deepEqual(translationFaults({ texts, translations: { a: 'Ä', c: 'C' } }, titles), [
      'missing: b/note',
      'no longer used: c',
    ]);
  });

  it('may put values and words in another order', () => {
    assert.deepEqual(faults('{0} of {1}', '{1}: {0}'), []);
    assert.deepEqual(faults('Run "Reltio: Sign In" for {0}.', 'Führen Sie für {0} „Reltio: Anmelden“ aus.'), []);
    assert.deepEqual(faults('**Reltio: Sign In**', '**Reltio: Anmelden**'), []);
  });

  it('has the values, command titles, settings and links of the English text', () => {
    for (const [english, translation, fault] of [
      ['{0} of {1}', '{0}', 'other placeholders'],
      ['{0}', '{1}', 'other placeholders'],
      ['Run "Reltio: Sign In".', 'Führen Sie „Reltio: Einloggen“ aus.', 'a command has another title'],
      ['Run "Reltio: Sign In".', 'Führen Sie den Befehl aus.', 'a command has another title'],
      ['Set reltioAuth.refresh.', 'Setzen Sie reltioAuth.aktualisieren.', 'another setting, address or link'],
      ['See `#http.proxy#`.', 'Siehe http.proxy.', 'another setting, address or link'],
      ['such as https://dev.reltio.com', 'etwa https://dev.example.com', 'another setting, address or link'],
      ['Sign in', 'Anmelden ', 'empty, or with white space around it'],
      ['Sign in', '', 'empty, or with white space around it'],
    ] as const) {
      assert.deepEqual(faults(english, translation), [`${fault}: key`], translation);
    }
  });
});

describe('the languages', () => {
  const titlesIn = (language?: string): string[] => manifest(language).contributes.commands.map(({ title }) => title);

  for (const language of languages()) {
    const translated = titlesIn(language);
    const titles = titlesIn().map((title, index) => [title, translated[index] ?? ''] as const);

    it(`${language}: has every text of the sources, and says what it says`, () => {
      assert.deepEqual(translationFaults({ texts: sourceTexts(), translations: translations(language) }, titles), []);
    });

    it(`${language}: has every text of package.json, and says what it says`, () => {
      const [texts, ofLanguage] = [manifestTexts(), manifestTexts(language)];
      assert.deepEqual(translationFaults({ texts, translations: ofLanguage }, titles), []);
      assert.equal(new Set(translated).size, translated.length, 'two commands with one title');
    });

    it(`${language}: says which language it is, so that dates and plurals follow it`, () => {
      const [, tag] = Object.entries(translations(language)).find(([key]) => key.startsWith('en/')) ?? [];
      assert.equal(tag, language);
    });
  }
});
