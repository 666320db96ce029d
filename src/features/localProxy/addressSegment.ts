/** A name as one segment of a path, without a character that a shell treats specially within quotes. Pure. */
export function addressSegment(name: string): string {
  const text = Buffer.from(name).toString(); // half of a character pair has no encoding, and would throw
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
