/** What a page, a chat or a program puts around a text. Square brackets are not among it: an address may begin with one. */
const wrapping = '"\'`“”„‟‘’‚‛«»‹›<>(),;';

/** A text without the white space around it, and without invisible characters there, which nobody finds in an input box. */
export function trimmed(text: string): string {
  return stripped(text, isBlank);
}

/** A user name as it was before it was copied. An e-mail address has no invisible characters anywhere. */
export function userNameIn(text: string): string {
  return trimmed(text.includes('@') ? text.replace(/\p{Cf}/gu, '') : text);
}

/**
 * A token, code, header, id or address as it was before it was copied: without the quotes and blanks around it, and without
 * invisible characters, which pages put into long words so that they can break. None of these has such characters itself.
 */
export function unwrapped(text: string): string {
  return stripped(text.replace(/\p{Cf}/gu, ''), (character) => isBlank(character) || wrapping.includes(character));
}

/** The same with the digits of keyboards and input methods for other scripts as ASCII, and full-width forms as usual ones. */
export function withPlainDigits(text: string): string {
  return unwrapped(text.normalize('NFKC')).replace(
    /[\u0660-\u0669\u06F0-\u06F9]/g,
    (digit) => `${digit.charCodeAt(0) % 16}`,
  );
}

function isBlank(character: string): boolean {
  return /[\s\p{Cf}]/u.test(character);
}

/** Takes no longer for a text that is made to be slow, unlike a regular expression for the end. */
function stripped(text: string, isOuter: (character: string) => boolean): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOuter(text.charAt(start))) start += 1;
  while (start < end && isOuter(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
