/** A name as one segment of a path, without a character that a shell treats specially within quotes. Pure. */
export function addressSegment(name: string): string {
  return encodeURIComponent(name).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
