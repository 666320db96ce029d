/** VS Code's `Memento`, as far as it is needed here. Holds no secret. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}
