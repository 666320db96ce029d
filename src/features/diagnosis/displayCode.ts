import { displayText } from '../../core/base/displayText';

/**
 * A word that somebody else chose, such as an issuer's name, as it may stand in the document: as code, where Markdown
 * knows neither links nor mentions, and with addresses that no editor takes for one.
 */
export function displayCode(text: string): string {
  return `\`${displayText(text).replaceAll('://', ': //')}\``;
}
