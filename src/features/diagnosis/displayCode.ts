import { displayText } from '../../core/base/displayText';

/**
 * Makes outside text, such as an issuer's name, safe for the document. It becomes Markdown code, in which nothing is a link
 * or a mention, and `://` is broken up, so that an editor does not turn addresses into links.
 */
export function displayCode(text: string): string {
  return `\`${displayText(text).replaceAll('://', ': //')}\``;
}
