import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/process/folders';

export interface CodeBlock {
  /** What follows the opening fence: `sh`, for example. */
  readonly language: string;
  readonly text: string;
  /** The comment `<!-- … -->` before the block, if there is one. */
  readonly comment: string | undefined;
}

/** The code blocks of a page, as a reader would copy them. */
export function codeBlocks(page: string): readonly CodeBlock[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  const blocks = text.matchAll(/(?:<!-- ([^\n]*?) -->\n\n)?^( *)```(\w+)\n(.*?)^\2```$/gms);
  return [...blocks].map(([, comment, indent = '', language = '', code = '']) => ({
    comment,
    language,
    text: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
  }));
}

/** The code block after this comment. */
export function codeBlockAfter(page: string, comment: string): string {
  const block = codeBlocks(page).find((one) => one.comment === comment);
  if (block === undefined) throw new Error(`${page} has no code block after <!-- ${comment} -->`);
  return block.text;
}
