/** The bytes end before it can be told whether the character is written here. */
export const unfinished = -1;
/** Something else is written here. */
export const other = -2;

/** How often a text may have been escaped, in programs one after another. */
const maxTimes = 8;

const [backslash, percent, ampersand, semicolon, two, five] = [...Buffer.from('\\%&;25')];

/**
 * Where the character ends that is written at this place, in any form in which a server may repeat it: as it is, `\/`,
 * `\u002b`, `%2B`, `%252B`, `&#43;` or `&#x2b;`. Otherwise `unfinished` or `other`.
 */
export function endOfCharacter(bytes: Uint8Array, at: number, code: number): number {
  const byte = bytes[at];
  if (byte === undefined) {
    return unfinished;
  }
  const end = endOfEscape(bytes, at, code);
  return end < 0 && byte === code ? at + 1 : end;
}

/** Whether one of the forms begins with this byte, whatever the character is. */
export const escapes: readonly number[] = [...Buffer.from('\\%&')];

function endOfEscape(bytes: Uint8Array, at: number, code: number): number {
  switch (bytes[at]) {
    case backslash:
      return afterBackslashes(bytes, at, code);
    case percent:
      return afterPercent(bytes, at + 1, code);
    case ampersand:
      return afterAmpersand(bytes, at + 1, code);
    default:
      return other;
  }
}

function afterBackslashes(bytes: Uint8Array, start: number, code: number): number {
  let at = start;
  while (bytes[at] === backslash && at - start < maxTimes) at += 1;
  const end = endOfText(bytes, at, `u00${hex(code)}`);
  return end < 0 && bytes[at] === code ? at + 1 : end;
}

function afterPercent(bytes: Uint8Array, start: number, code: number): number {
  let at = start;
  while (code !== percent && bytes[at] === two && bytes[at + 1] === five && at - start < 2 * maxTimes) at += 2;
  const isCut = bytes[at] === two && at + 1 === bytes.length;
  return isCut ? unfinished : endOfText(bytes, at, hex(code));
}

function afterAmpersand(bytes: Uint8Array, start: number, code: number): number {
  const ends = [`#${code}`, `#x${hex(code)}`].map((text) => endOfText(bytes, start, text));
  const end = Math.max(...ends); // `unfinished` is above `other`
  if (end < 0) {
    return end;
  }
  return end === bytes.length ? unfinished : bytes[end] === semicolon ? end + 1 : end;
}

function hex(code: number): string {
  return code.toString(16).padStart(2, '0');
}

/** Where this text in lower case ends, in either case. */
function endOfText(bytes: Uint8Array, start: number, text: string): number {
  for (let index = 0; index < text.length; index += 1) {
    const byte = bytes[start + index];
    if (byte === undefined) return unfinished;
    if (String.fromCharCode(byte).toLowerCase() !== text[index]) return other;
  }
  return start + text.length;
}
