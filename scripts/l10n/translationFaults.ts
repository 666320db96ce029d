import { differences, messageOf } from './languages';
import type { Texts } from './sourceTexts';

/** The texts of one kind, and their translations by the same keys. */
interface Translated {
  readonly texts: Texts;
  readonly translations: Readonly<Record<string, string>>;
}

/**
 * What is wrong with the translations of a language, in lines for the translator.
 *
 * @param titles the English title of each command, and its translation
 */
export function translationFaults(
  { texts, translations }: Translated,
  titles: readonly (readonly [english: string, translated: string])[],
): string[] {
  const { missing, unused } = differences(texts, translations);
  const both = Object.entries(texts).flatMap(([key, text]) => {
    const translation = translations[key];
    return translation === undefined ? [] : [{ key, english: messageOf(text), translation }];
  });
  return [
    ...missing.map((key) => `missing: ${key}`),
    ...unused.map((key) => `no longer used: ${key}`),
    ...both.flatMap(({ key, english, translation }) =>
      textFaults(english, translation, titles).map((fault) => `${fault}: ${key}`),
    ),
  ];
}

function textFaults(
  english: string,
  translation: string,
  titles: readonly (readonly [english: string, translated: string])[],
): string[] {
  const named = commandsIn(english).map((title) => titles.find(([one]) => one === title)?.[1] ?? title);
  return [
    ...(translation.trim() === '' || translation !== translation.trim()
      ? ['empty, or with white space around it']
      : []),
    ...(same(placeholders(english), placeholders(translation)) ? [] : ['other placeholders']),
    ...(same(named, commandsIn(translation)) ? [] : ['a command has another title']),
    ...(same(fixed(english), fixed(translation)) ? [] : ['another setting, address or link']),
  ];
}

/** Each once: a translation may repeat a value, or mention it once where English repeats it. */
function placeholders(text: string): string[] {
  return text.match(/\{\d+\}/g) ?? [];
}

/** `Reltio: Sign In` in quotation marks of any language, or bold. */
function commandsIn(text: string): string[] {
  return [...text.matchAll(/(?:["„“«]|\*\*)Reltio: ([^"“”»*]+)(?:["“”»]|\*\*)/g)].map(([, title = '']) => title);
}

/** What a user copies: ids of settings, addresses, code, links to commands. What stands for a value may have another name. */
function fixed(text: string): string[] {
  const copied = text.match(/reltioAuth\.[\w.]*\w|#[\w.]+#|`[^`]+`|\(command:[^)]+\)|https?:\/\/[\w.:<>/-]*\w/g) ?? [];
  return copied.map((one) => one.replace(/<[^>]*>?/g, '<>'));
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return [...new Set(one)].sort().join('\n') === [...new Set(other)].sort().join('\n');
}
