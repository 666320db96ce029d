import { keyOf, type PackedTexts } from '../../src/editor/messages/packedTexts';

const MOST_SEEDS = 1_000;

/**
 * The translations of a language as the package has them, in JSON. What resembles each other stands together, and so is smaller
 * when compressed.
 *
 * @param translations by their English texts
 */
export function packedTexts(translations: Readonly<Record<string, string>>): string {
  const entries = Object.entries(translations).sort(([english, one], [otherEnglish, other]) =>
    `${one}\n${english}` < `${other}\n${otherEnglish}` ? -1 : 1,
  );
  const english = entries.map(([text]) => text);
  const seed = seedFor(english);
  const packed: PackedTexts = {
    seed,
    keys: english.map((text) => keyOf(text, seed)).join(''),
    texts: entries.map(([, text]) => text),
  };
  return JSON.stringify(packed);
}

/** The first one with which each text has a key of its own. */
function seedFor(texts: readonly string[]): number {
  for (let seed = 0; seed < MOST_SEEDS; seed += 1) {
    if (new Set(texts.map((text) => keyOf(text, seed))).size === texts.length) return seed;
  }
  throw new Error(
    `No key of a translation is its own, whatever the seed. src/editor/messages/packedTexts.ts needs longer keys.`,
  );
}
