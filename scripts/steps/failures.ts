/** Enough to see what failed, and not so much that it hides the table above it (characters). */
const most = 6_000;

/** The part of a step's output that says what failed: mocha's list where there is one, else the last lines. */
export function failuresIn(text: string): string {
  const list = [...text.matchAll(/^ *\d+ failing$/gm)].at(-1)?.index ?? Math.max(text.length - most, 0);
  const part = text.slice(list).trimEnd();
  return part.length > most ? `${part.slice(0, most)}\n  …` : part;
}
