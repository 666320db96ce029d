/**
 * Translations as the package has them: without the English texts, which the code has already. Each stands under a key made of its
 * English text.
 */
export interface PackedTexts {
  /** With which no two texts have the same key. */
  readonly seed: number;
  /** The keys of the translations, in their order and one after the other. */
  readonly keys: string;
  readonly texts: readonly string[];
}

const keyLength = 3;
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The key of a text: the end of its FNV-1a hash, mixed once more because that depends on the last letters too much. */
export function keyOf(text: string, seed: number): string {
  let hash = 0x811c9dc5 ^ seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash ^= hash >>> 15;
  return [0, 6, 12].map((bits) => letters[(hash >>> bits) & 63]).join('');
}

/** The bundle of VS Code's display language, as `@vscode/l10n` reads it: the translations by their English texts. */
export function unpackedTexts(bundle: object): Readonly<Record<string, string>> {
  if (!isPacked(bundle)) return bundle as Readonly<Record<string, string>>;
  const { seed, keys, texts } = bundle;
  const byKey = new Map(texts.map((text, index) => [keys.slice(index * keyLength, (index + 1) * keyLength), text]));
  return new Proxy({}, { get: (_, text) => byKey.get(keyOf(String(text), seed)) });
}

function isPacked(bundle: object): bundle is PackedTexts {
  return 'texts' in bundle && Array.isArray(bundle.texts);
}
