import type { Clock } from '../../src/core/base/clock';
import type { Unsubscribe } from '../../src/core/base/emitter';
import type { SecretStore } from '../../src/core/storage/secretStore';

/**
 * The secret storage of an installation. A window sees its own writes at once and those of the others when they arrive
 * (`arrivesAfter` milliseconds later); all windows are notified then.
 */
export class FakeSecrets {
  readonly values = new Map<string, string>();
  arrivesAfter = 0;
  /** How often a change is announced; 0 for VS Code versions that do not notify the writing window. */
  announcements = 1;
  private readonly stores: FakeSecretStore[] = [];

  constructor(readonly clock: Clock) {}

  /** The secret storage for one more window. */
  open(): FakeSecretStore {
    const store = new FakeSecretStore(this);
    this.stores.push(store);
    return store;
  }

  /** Stores a value as another program would, and announces it. */
  put(key: string, value: string | undefined): void {
    if (value === undefined) {
      this.values.delete(key);
    } else {
      this.values.set(key, value);
    }
    this.announce(key);
  }

  announce(key: string): void {
    for (let time = 0; time < this.announcements; time += 1) {
      this.stores.forEach((store) => {
        store.announce(key);
      });
    }
  }

  json(key: string): Record<string, unknown> | undefined {
    const text = this.values.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as Record<string, unknown>);
  }
}

/** One window's SecretStorage. */
export class FakeSecretStore implements SecretStore {
  reads: string[] = [];
  writes: string[] = [];
  /**
   * Makes `get` or `store` reject, as a locked keyring does, or `get` never resolve, as a keyring that asks for its
   * password does.
   */
  failing: 'get' | 'store' | 'hang' | undefined;
  /** Milliseconds that `store` takes to resolve. */
  takes = 0;
  private readonly listeners = new Set<(key: string) => void>();
  private readonly own = new Map<string, string>();

  constructor(private readonly shared: FakeSecrets) {}

  get(key: string): Promise<string | undefined> {
    this.reads.push(key);
    if (this.failing === 'get') {
      return Promise.reject(new Error('keyring locked'));
    }
    if (this.failing === 'hang') {
      return new Promise(() => undefined);
    }
    return Promise.resolve(this.own.get(key) ?? this.shared.values.get(key));
  }

  async store(key: string, value: string): Promise<void> {
    if (this.failing === 'store') {
      throw new Error(`cannot encrypt ${value}`);
    }
    if (this.takes > 0) {
      await new Promise<void>((resolve) => this.shared.clock.after(this.takes, resolve));
    }
    this.writes.push(key);
    this.own.set(key, value);
    const arrive = () => {
      if (this.own.get(key) === value) {
        this.own.delete(key);
      }
      this.shared.put(key, value);
    };
    if (this.shared.arrivesAfter > 0) {
      this.shared.clock.after(this.shared.arrivesAfter, arrive);
    } else {
      arrive();
    }
  }

  delete(key: string): Promise<void> {
    if (this.failing === 'store') {
      return Promise.reject(new Error('keyring locked'));
    }
    this.own.delete(key);
    this.shared.put(key, undefined);
    return Promise.resolve();
  }

  /** As in VS Code 1.105 and newer. */
  readonly keys = (): Promise<readonly string[]> => Promise.resolve([...this.shared.values.keys()]);

  onDidChange(listener: (key: string) => void): Unsubscribe {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  get listening(): number {
    return this.listeners.size;
  }

  announce(key: string): void {
    [...this.listeners].forEach((listener) => {
      listener(key);
    });
  }
}
