/** A JSON object whose fields are not checked yet. */
export type Json = Readonly<Record<string, unknown>>;

/** The JSON object in a text, or undefined for anything else: HTML, an array, broken or empty text. */
export function parseJsonObject(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
