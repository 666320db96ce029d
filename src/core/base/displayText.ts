/** The default limit of a word, in characters. The longest e-mail address would fill three such lines. */
const defaultLength = 100;

/** The most words of a list that are shown. */
const mostWords = 20;

/** Of a longer host only the end is shown, which says who owns it. */
const defaultHostLength = 60;

/**
 * Makes a word safe to show that comes from outside: user names and labels that another extension passes, client ids,
 * scopes, environments, identity providers, issuers of certificates. The result is one line of visible characters without
 * a meaning for VS Code: in messages and input boxes it would turn `[text](command:…)` into a link (`linkedText.ts`), and in
 * those, lists and the status bar `$(name)` into an icon. An invisible character, or one that reverses text, becomes �.
 *
 * This is not enough for Markdown, where more characters have a meaning: there the result is escaped as well.
 *
 * @param most the most characters; a longer word is cut and ends in …
 */
export function displayText(text: string, most = defaultLength): string {
  const word = text
    .slice(0, most * 8) // enough to fill the line, and a limit for the work below
    .replace(/[\uFE0E\uFE0F]/g, '') // only says how the emoji before it is drawn
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '�')
    .replace(/[\s\u2800]+/gu, ' ')
    .replace(/\p{C}/gu, '�')
    .replace(/^ ?\p{M}/u, '�') // would combine with the character before the word
    .replace(/(\p{M}{3})\p{M}+/gu, '$1') // more would be drawn over the lines above and below
    .replace(/[[<]/g, '(')
    .replace(/[\]>]/g, ')')
    .replace(/`/g, "'")
    .replace(/\$+(?=\()/g, '')
    .trim();
  const characters = Array.from(word);
  return characters.length <= most && text.length <= most * 8 ? word : `${characters.slice(0, most).join('')}…`;
}

/** Several words, and how many more there are. */
export function displayList(words: readonly string[]): string {
  const shown = words.slice(0, mostWords).map((word) => displayText(word));
  return shown.join(', ') + (words.length > mostWords ? ` and ${words.length - mostWords} more` : '');
}

/**
 * The host of an address, with its port, as it is sent over the network: a name in another script as `xn--…`, so that no two
 * hosts look alike. The beginning of a long one is replaced by `…`.
 *
 * @param address a URL, such as the origin of an identity server
 */
export function displayHostOf(address: string, most = defaultHostLength): string {
  return displayHost(new URL(address).host, most);
}

/** The whole origin of an address: `https://auth.reltio.com`. */
export function displayOriginOf(address: string): string {
  return `${new URL(address).protocol}//${displayHostOf(address, Infinity)}`;
}

/** As `displayHostOf`, for a host that has already been taken out of its address. */
export function displayHost(host: string, most = defaultHostLength): string {
  const isAddress = /^\[[\da-f:.]+\](:\d+)?$/i.test(host); // IPv6, the one use of brackets
  const word = isAddress ? host : displayText(host, host.length);
  return word.length <= most ? word : `…${word.slice(-most)}`;
}
