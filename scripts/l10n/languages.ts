import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/folders';
import type { Texts } from './sourceTexts';

const bundles = join(ROOT, 'l10n');

/** The languages that have a file with translations. */
export function languages(): string[] {
  const files = existsSync(bundles) ? readdirSync(bundles) : [];
  return files.flatMap((file) => /^bundle\.l10n\.(.+)\.json$/.exec(file)?.[1] ?? []).sort();
}

/** The translations of a language by key. */
export function translations(language: string): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(bundles, `bundle.l10n.${language}.json`), 'utf8')) as Record<string, string>;
}

/** What the file of a language lacks, and what it has although no source uses it. */
export function differences(
  texts: Readonly<Record<string, unknown>>,
  translated: Readonly<Record<string, unknown>>,
): { readonly missing: string[]; readonly unused: string[] } {
  const without = (one: object, other: object): string[] => Object.keys(one).filter((key) => !(key in other));
  return { missing: without(texts, translated), unused: without(translated, texts) };
}

export function messageOf(text: Texts[string]): string {
  return typeof text === 'string' ? text : text.message;
}
