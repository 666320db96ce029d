import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/folders';
import { textCalls } from './textCalls';

/** The English texts of the sources by the key under which a bundle translates them, with notes for translators. */
export type Texts = Record<string, string | { readonly message: string; readonly comment: readonly string[] }>;

/** Every text that the sources pass to `l10n.t`. */
export function sourceTexts(): Texts {
  const texts: Texts = {};
  for (const { content } of sources()) {
    for (const { message = '', comment } of textCalls(content)) {
      if (comment.length === 0) texts[message] = message;
      else texts[`${message}/${comment.join('')}`] = { message, comment };
    }
  }
  return Object.fromEntries(Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The sources that have texts, with their paths below `src`. */
export function sources(): { readonly file: string; readonly content: string }[] {
  const folder = join(ROOT, 'src');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => ({ file: file.replaceAll('\\', '/'), content: readFileSync(join(folder, file), 'utf8') }))
    .filter(({ content }) => content.includes('l10n.t('));
}
