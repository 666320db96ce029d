/** The part of VS Code's `Memento` that is used here. Contains no secret. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** A memory that can be emptied. */
export interface ListedMemory extends Memory {
  keys(): readonly string[];
}
