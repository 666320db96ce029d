/** Every character with a meaning in some Markdown: escaped, none has one. */
const punctuation = /[!-/:-@[-`{-~]/g;

/**
 * What becomes a link without any Markdown. An escape does not prevent that: several renderers look for addresses after
 * they have removed it. Nothing in code becomes a link or a mention. Looked for once in each word: a word may be long.
 */
const address = /(?<![^\s`(])[^\s`(]*(?:\/\/|@|mailto:|www\.)[^\s`]*?(?=[.,;:)"]*(?:\s|`|$))/gi;

/**
 * A sentence as Markdown on one line, for a table too. Whatever outside values it holds, they become no link, picture, HTML
 * or mention. Text between two backticks stays code.
 */
export function pageMarkdown(sentence: string): string {
  const parts = oneLine(sentence).split('`');
  const isUnpaired = (index: number): boolean => index === parts.length - 1 && index % 2 === 1;
  return parts
    .map((part, index) =>
      index % 2 === 0 ? withAddresses(part) : isUnpaired(index) ? `\\\`${withAddresses(part)}` : code(part),
    )
    .join('');
}

/** A table with a title for each column. */
export function pageTable(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(pageMarkdown).join(' | ')} |`;
  return [line(titles), `|${' --- |'.repeat(titles.length)}`, ...rows.map(line)].join('\n');
}

/** Without line breaks and invisible characters. */
export function oneLine(text: string): string {
  return text.replace(/[\s\p{C}]+/gu, ' ').trim();
}

function withAddresses(text: string): string {
  let end = 0;
  let markdown = '';
  for (const { 0: found, index } of text.matchAll(address)) {
    markdown += escaped(text.slice(end, index)) + code(found);
    end = index + found.length;
  }
  return markdown + escaped(text.slice(end));
}

function escaped(text: string): string {
  return text.replace(punctuation, '\\$&');
}

/** A bar would end the cell of a table. */
function code(text: string): string {
  return text.trim() === '' ? text : `\`${text.replaceAll('|', '¦')}\``;
}
