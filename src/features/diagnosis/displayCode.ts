import { displayText } from '../../core/base/displayText';

/**
 * Text from outside, such as an issuer's name, made safe for the document: as code, where Markdown makes neither links
 * nor mentions, and without addresses that an editor would turn into links.
 */
export function displayCode(text: string): string {
  return `\`${displayText(text).replaceAll('://', ': //')}\``;
}
