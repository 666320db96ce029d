import * as l10n from '@vscode/l10n';

/** The default maximum length of a text, in characters. An e-mail address can have 254. */
const defaultMaxLength = 100;

/** The maximum number of list items that are shown. */
const maxItems = 20;

/** Only the end of a longer host name is shown, because the end says who owns it. */
const defaultMaxHostLength = 60;

/** Not what joins two emoji into one, as in 👩‍💻. */
const invisible = /(?<![\p{ExtPict}\p{EMod}](?=\u200D\p{ExtPict}))(?:\p{DI}|[^\P{C}\s])/gu;

/**
 * Makes text from outside safe to show: user names and labels that another extension passes, client ids, scopes,
 * environments, identity providers, issuers of certificates. The result is one line of visible characters without a
 * meaning for VS Code: in messages and input boxes it would turn `[text](command:…)` into a link (`linkedText.ts`), and
 * in those, lists and the status bar `$(name)` into an icon. An invisible character, or one that reverses text, becomes
 * �.
 *
 * This is not enough for Markdown, where more characters have a meaning: callers escape the result there as well.
 *
 * @param maxLength in characters; a longer text is cut and ends in …
 */
export function displayText(text: string, maxLength = defaultMaxLength): string {
  const word = text
    .slice(0, maxLength * 8) // enough to fill the line, and a limit for the work below
    .replace(/[\uFE0E\uFE0F]/g, '') // only says how the emoji before it is drawn
    .replace(invisible, '�')
    .replace(/[\s\u2800]+/gu, ' ')
    .replace(/^ ?\p{M}/u, '�') // would combine with the character before the word
    .replace(/(\p{M}{3})\p{M}+/gu, '$1') // more would be drawn over the lines above and below
    .replace(/[[<]/g, '(')
    .replace(/[\]>]/g, ')')
    .replace(/`/g, "'")
    .replace(/\$+(?=\()/g, '')
    .trim();
  const characters = Array.from(word);
  return characters.length <= maxLength && text.length <= maxLength * 8
    ? word
    : `${characters.slice(0, maxLength).join('')}…`;
}

/** The first items of a list, and how many more there are. */
export function displayList(words: readonly string[]): string {
  const shown = words.slice(0, maxItems).map((word) => displayText(word));
  const more = words.length - maxItems;
  return more <= 0 ? shown.join(', ') : l10n.t('{0} and {1} more', shown.join(', '), more);
}

/**
 * The host of an address, with its port, as it is sent over the network: a name in another script as `xn--…`, so that no two
 * hosts look alike. The beginning of a long one is replaced by `…`.
 *
 * @param address a URL, such as the origin of an identity server
 */
export function displayHostOf(address: string, maxLength = defaultMaxHostLength): string {
  return displayHost(new URL(address).host, maxLength);
}

/** The whole origin of an address: `https://auth.reltio.com`. */
export function displayOriginOf(address: string): string {
  return `${new URL(address).protocol}//${displayHostOf(address, Infinity)}`;
}

/** Like `displayHostOf`, for a host name instead of an address. */
export function displayHost(host: string, maxLength = defaultMaxHostLength): string {
  const isAddress = /^\[[\da-f:.]+\](:\d+)?$/i.test(host); // IPv6, the one use of brackets
  const word = isAddress ? host : displayText(host, host.length);
  return word.length <= maxLength ? word : `…${word.slice(-maxLength)}`;
}
