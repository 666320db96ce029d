/** What a word may be long, in characters: the longest e-mail address fits into three of these lines. */
const usualLength = 100;

/** Of a list, no more are shown. */
const mostWords = 20;

/** A host of more characters is shown by its end, which says whose it is. */
const usualHostLength = 60;

/**
 * A word that somebody else chose, as it may be shown: user names and labels that another extension passes, client ids,
 * scopes, environments, identity providers, issuers of certificates. One line of visible characters, of which VS Code
 * makes nothing: in messages and input boxes it would turn `[text](command:…)` into a link (`linkedText.ts`), and in
 * those, lists and the status bar `$(name)` into an icon. What cannot be seen, or turns the text around it, shows as �.
 *
 * Not enough for Markdown, where more has a meaning: there the result is escaped as well.
 *
 * @param most characters; what is longer ends in …
 */
export function displayText(text: string, most = usualLength): string {
  const word = text
    .slice(0, most * 8) // enough to fill the line, and a bound for what follows
    .replace(/[\uFE0E\uFE0F]/g, '') // says only how the emoji before it is drawn
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '�')
    .replace(/[\s\u2800]+/gu, ' ')
    .replace(/\p{C}/gu, '�')
    .replace(/^ ?\p{M}/u, '�') // would change the character before the word
    .replace(/(\p{M}{3})\p{M}+/gu, '$1') // more would paint over the lines above and below
    .replace(/[[<]/g, '(')
    .replace(/[\]>]/g, ')')
    .replace(/`/g, "'")
    .replace(/\$+(?=\()/g, '')
    .trim();
  const characters = Array.from(word);
  return characters.length <= most && text.length <= most * 8 ? word : `${characters.slice(0, most).join('')}…`;
}

/** Several of them, and how many more there are. */
export function displayList(words: readonly string[]): string {
  const shown = words.slice(0, mostWords).map((word) => displayText(word));
  return shown.join(', ') + (words.length > mostWords ? ` and ${words.length - mostWords} more` : '');
}

/**
 * The host of an address, with its port, as the network knows it: a name in another script as `xn--…`, so that none
 * looks like another. `…` stands for the beginning of a long one.
 *
 * @param address a URL, such as the origin of an identity server
 */
export function displayHostOf(address: string, most = usualHostLength): string {
  return displayHost(new URL(address).host, most);
}

/** The whole origin of an address: `https://auth.reltio.com`. */
export function displayOriginOf(address: string): string {
  return `${new URL(address).protocol}//${displayHostOf(address, Infinity)}`;
}

/** A host as `hostOf` shows it, where it has already been taken out of its address. */
export function displayHost(host: string, most = usualHostLength): string {
  const isAddress = /^\[[\da-f:.]+\](:\d+)?$/i.test(host); // IPv6, the one use of brackets
  const word = isAddress ? host : displayText(host, host.length);
  return word.length <= most ? word : `…${word.slice(-most)}`;
}
