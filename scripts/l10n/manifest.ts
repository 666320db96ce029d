import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import packageJson from '../../package.json';
import { ROOT } from '../process/folders';

/** The texts of package.json by key: the English ones, or those of a language, as its file has them. */
export function manifestTexts(language?: string): Readonly<Record<string, string>> {
  const file = language === undefined ? 'package.nls.json' : `package.nls.${language}.json`;
  return JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Record<string, string>;
}

/** package.json with its texts, as VS Code shows them. A text that the language lacks is in English. */
export function manifest(language?: string): typeof packageJson {
  const texts = { ...manifestTexts(), ...(language === undefined ? {} : manifestTexts(language)) };
  return withTexts(packageJson, texts) as typeof packageJson;
}

function withTexts(value: unknown, texts: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') {
    const key = /^%(.+)%$/.exec(value)?.[1];
    return key === undefined ? value : textOf(key, texts);
  }
  if (Array.isArray(value)) return value.map((entry) => withTexts(entry, texts));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner, texts)]));
}

function textOf(key: string, texts: Readonly<Record<string, string>>): string {
  const text = texts[key];
  if (text === undefined) throw new Error(`package.nls.json has no text ${key}.`);
  return text;
}
