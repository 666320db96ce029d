import { textLanguage } from './textLanguage';

/** A list within a text: `entities, relations and configuration`. American English would have one more comma. */
export function listText(words: readonly string[]): string {
  const language = textLanguage();
  return new Intl.ListFormat(language.startsWith('en') ? 'en-GB' : language, { type: 'conjunction' }).format(words);
}
