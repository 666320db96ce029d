import { textTag } from '../../core/base/textTag';

/**
 * The language of the texts, as a tag for `Intl`: times, numbers and plural forms are in the language of the sentence around
 * them, also where VS Code's display language has no translation. A system of the same language keeps its own customs, such
 * as `en-GB`.
 */
export function textLanguage(): string {
  const tag = textTag();
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  // of `de_DE@euro`, the name of a system's locale, ICU makes `de-DE-x-lvariant-euro`, which it refuses itself
  return locale.split('-')[0] === tag ? locale.replace(/-x-.*/, '') : tag;
}
