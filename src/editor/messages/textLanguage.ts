import * as l10n from '@vscode/l10n';

/**
 * The language of the texts, as a tag for `Intl`: times, numbers and plural forms are in the language of the sentence around
 * them, also where VS Code's display language has no translation. A system of the same language keeps its own customs, such
 * as `en-GB`.
 */
export function textLanguage(): string {
  const language = l10n.t({
    message: 'en',
    comment: ['The tag of the language of this file, such as de. Dates and plural forms follow it.'],
  });
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  if (locale.split('-')[0] === language) {
    return locale;
  }
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en'; // a translation that is not ours
  }
}
