export type Unsubscribe = () => void;

/** A list of listeners. A listener that throws affects neither the other listeners nor the caller of `emit`. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>();

  constructor(private readonly onListenerFailure: () => void) {}

  readonly on = (listener: (value: T) => void): Unsubscribe => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  emit(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value);
      } catch {
        this.onListenerFailure();
      }
    }
  }
}
