/** VS Code's `Memento`, shared by the windows that have the same object. */
export class FakeMemory {
  readonly values = new Map<string, unknown>();
  /** The keys that were written, in order. */
  readonly writes: string[] = [];
  /** Makes every `update` reject, as in a window that is closing. */
  isClosed = false;

  keys(): readonly string[] {
    return [...this.values].flatMap(([key, value]) => (value === undefined ? [] : [key]));
  }

  get(key: string): unknown {
    return this.values.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    if (this.isClosed) {
      return Promise.reject(new Error('Canceled'));
    }
    this.writes.push(key);
    this.values.set(key, value);
    return Promise.resolve();
  }
}
