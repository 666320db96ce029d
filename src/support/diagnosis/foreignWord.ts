/** Longer than any name that a person would recognise (characters). */
const longest = 80;

/**
 * A name that somebody else chose, such as an issuer's, as it may stand in the document: as code, where Markdown knows
 * neither links nor mentions, without anything invisible, and with addresses that no editor takes for one.
 */
export function foreignWord(text: string): string {
  const visible = text
    .slice(0, 20 * longest)
    .replace(/[\s\p{C}]+/gu, ' ')
    .replaceAll('`', "'")
    .replaceAll('://', ': //')
    .trim();
  const characters = [...visible];
  return `\`${characters.length > longest ? `${characters.slice(0, longest).join('')}…` : visible}\``;
}
