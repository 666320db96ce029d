import * as l10n from '@vscode/l10n';

/** The language of the texts, as a tag such as `de`: English where there is no translation. */
export function textTag(): string {
  const tag = l10n.t({
    message: 'en',
    comment: ['The tag of the language of this file, such as de. Dates and plural forms follow it.'],
  });
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en';
  } catch {
    return 'en'; // a translation that is not ours
  }
}
