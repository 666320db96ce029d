/** Every text in a value, however deep: of fields, entries, symbols and functions, enumerable or not. Calls nothing but getters. */
export function textsIn(value: unknown, seen = new Set<unknown>()): readonly string[] {
  if (typeof value === 'string') return [value];
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value)) return [];
  seen.add(value);
  const entries: unknown[] = value instanceof Map || value instanceof Set ? [...value.entries()].flat() : [];
  const fields = Reflect.ownKeys(value).flatMap((key) => [String(key), fieldOf(value, key)]);
  return [...entries, ...fields].flatMap((part) => textsIn(part, seen));
}

function fieldOf(value: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(value, key);
  } catch {
    return undefined; // for example `arguments` of a function
  }
}
