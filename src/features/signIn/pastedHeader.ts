import { looksLikeBasicHeader, parseBasicHeader, type Client } from '../../core/oauth/client';

/** No client id is longer than this; a longer text is a header, a token or a secret. */
const maxClientIdLength = 40;
/** Without the word `Basic`, a shorter text is not a header: a short client id may decode by chance. */
const minBareHeaderLength = 16;

/**
 * The client in a Basic header that was pasted into the box for a client id. The encoded part alone is enough: a double
 * click on the header selects only that.
 *
 * @returns `notUtf8` only for a text that says `Basic`: many words happen to decode to something that is not UTF-8
 */
export function headerIn(text: string): Client | 'notUtf8' | undefined {
  const saysBasic = looksLikeBasicHeader(text);
  if (!saysBasic && text.trim().length < minBareHeaderLength) {
    return undefined;
  }
  const read = parseBasicHeader(text);
  return read === 'notUtf8' && !saysBasic ? undefined : read;
}

/**
 * What the readable box for a client id does with a text. A browser-served VS Code writes readable boxes to the disk
 * within seconds. So a whole header is submitted at once, and a text that may become one is hidden.
 */
export function takesHeader(text: string): 'submit' | 'secret' | 'readable' {
  if (typeof headerIn(text) === 'object') {
    return 'submit';
  }
  const isBegun = /^\W*(basic\s|authorization\b)/i.test(text) || text.includes(':'); // as in `id:secret`
  return isBegun || text.trim().length > maxClientIdLength ? 'secret' : 'readable';
}
