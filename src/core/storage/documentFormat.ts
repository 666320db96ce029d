import type { Json } from '../base/json';

/** The current format of a stored value, and the upgrades from every earlier version. */
export interface StoredFormat<T> {
  /**
   * Pure functions: the first turns version 1 into version 2, the next version 2 into version 3. The current version is
   * the number of upgrades plus one, so none can be left out. A released upgrade is never changed or removed.
   */
  readonly upgrades: readonly ((json: Json) => Json)[];
  /** Reads the current version. Undefined if the JSON is not a `T`. */
  readonly parse: (json: Json) => T | undefined;
}

export interface DocumentFormat<T> extends StoredFormat<T> {
  /** The key of the document in the secret storage. */
  readonly key: string;
}

export type ReadDocument<T> =
  { readonly kind: 'ok'; readonly value: T } | { readonly kind: 'damaged' } | { readonly kind: 'newer' };

/** The version that this code writes. */
function versionOf({ upgrades }: StoredFormat<unknown>): number {
  return upgrades.length + 1;
}

/** The text to store, with its version at the top level. */
export function writeDocument<T extends object>(value: T, format: StoredFormat<T>): string {
  return JSON.stringify({ version: versionOf(format), ...value });
}

/** Reads a document of any version up to the current one. If an upgrade throws, the document is damaged. */
export function readDocument<T>(json: Json, format: StoredFormat<T>): ReadDocument<T> {
  const { version, ...content } = json;
  if (typeof version !== 'number') {
    return { kind: 'damaged' };
  }
  if (version > versionOf(format)) {
    return { kind: 'newer' };
  }
  if (!Number.isInteger(version) || version < 1) {
    return { kind: 'damaged' };
  }
  try {
    const newest = format.upgrades.slice(version - 1).reduce<Json>((older, upgrade) => upgrade(older), content);
    const value = format.parse(newest);
    return value === undefined ? { kind: 'damaged' } : { kind: 'ok', value };
  } catch {
    return { kind: 'damaged' };
  }
}
