import { randomUUID } from 'node:crypto';
import { Emitter, type Unsubscribe } from '../base/emitter';
import { within, type Cancel, type Clock } from '../base/clock';
import { Retry } from '../base/retry';
import type { Log } from '../base/log';
import { SerialQueue } from '../base/serialQueue';
import type { HeldLock, Lock } from '../locking/lock';
import { isAccessKey, newAccessKey } from './accessKey';
import { localProxyKey } from './storedNames';

/** A stored key is visible in all windows well after this time. Until then, no other window may write (milliseconds). */
const arrival = 1_000;
/** How long a window may keep the lock, and how long reading may take (milliseconds). */
const longestHold = 5_000;
const longestRead = 5_000;

/** The part of VS Code's `SecretStorage` that the key needs. */
interface KeySecrets {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** Fires in every window, sometimes twice, sometimes without a change (microsoft/vscode#115214). */
  onDidChange(listener: (key: string) => void): Unsubscribe;
}

export interface KeyStoreParts {
  readonly secrets: KeySecrets;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly log: Log;
}

/** `stored`: a window has started the local proxy, which stores the same key again. `changed`: another key is valid now, or none. */
export type KeyEvent = 'stored' | 'changed';

/**
 * The key of the local proxy, in the secret storage. One window writes at a time, and keeps the lock until the others can
 * read what it wrote: so two that make a key at the same time get the same one, and a start never brings an old key back.
 */
export class KeyStore {
  private readonly queue = new SerialQueue();
  private readonly events: Emitter<KeyEvent>;
  private readonly reading: Retry;
  private current: string | undefined;
  /** The stored key may be another one than `current` was. */
  private isUnread = false;
  private kept: HeldLock | undefined;
  private cancelRelease: Cancel | undefined;

  constructor(private readonly parts: KeyStoreParts) {
    this.events = new Emitter(() => {
      parts.log.warn('local proxy: a listener failed');
    });
    this.reading = new Retry(parts.clock, () => void this.reread());
  }

  /** Compares in constant time with the key that is valid now. No key is valid before `get`. */
  readonly isKey = (candidate: string): boolean => this.current !== undefined && isAccessKey(candidate, this.current);

  /** The key; a new one if there is none. Rejects if the secret storage does. */
  async get(): Promise<string> {
    return (
      this.current ?? (await this.queue.run(async () => this.adopt(await this.stored()) ?? (await this.write(orNew))))
    );
  }

  /** Makes another key. The old one is no longer valid: here at once, in other windows when the secret storage tells them. */
  async replace(): Promise<void> {
    await this.queue.run(() => this.write(() => newAccessKey()));
    this.events.emit('changed');
  }

  /** Stores the key again, which all windows notice: those that have not taken part so far look at the file. */
  async announce(): Promise<void> {
    await this.queue.run(() => this.write(orNew));
  }

  /** Removes the key: nobody has access. */
  async forget(): Promise<void> {
    await this.queue.run(async () => {
      await this.locked(() => this.parts.secrets.delete(localProxyKey));
      this.current = undefined;
    });
    this.events.emit('changed');
  }

  /** Call this before `get`: a key that was replaced elsewhere must not stay valid here. */
  watch(listener: (event: KeyEvent) => void): Unsubscribe {
    const stopListening = this.events.on(listener);
    const stopWatching = this.parts.secrets.onDidChange((key) => {
      if (key === localProxyKey) {
        void this.reread();
      }
    });
    return () => {
      stopListening();
      stopWatching();
      this.reading.done();
    };
  }

  private adopt(stored: string | undefined): string | undefined {
    this.current = stored;
    this.isUnread = false;
    return stored;
  }

  /** Anything else than a key of ours counts as none. */
  private async stored(): Promise<string | undefined> {
    const [key = '', mark] = (await this.parts.secrets.get(localProxyKey))?.split(' ') ?? [];
    return mark !== undefined && isAccessKey(key, key) ? key : undefined;
  }

  private async write(make: (stored: string | undefined) => string): Promise<string> {
    return await this.locked(async () => {
      const key = make(await this.stored());
      // VS Code may report nothing when the same text is stored again, so each has a mark of its own.
      await this.parts.secrets.store(localProxyKey, `${key} ${randomUUID()}`);
      this.current = key;
      return key;
    });
  }

  private async locked<T>(work: () => Promise<T>): Promise<T> {
    const { lock, clock } = this.parts;
    this.cancelRelease?.();
    const isKept = this.kept !== undefined && (await this.kept.isHeld());
    const held = isKept && this.kept !== undefined ? this.kept : await lock.acquire('local-proxy-key', longestHold);
    this.kept = held;
    try {
      return await work();
    } finally {
      this.cancelRelease = clock.after(arrival, () => {
        this.kept = undefined;
        void held.release();
      });
    }
  }

  /** The secret storage has changed. A window that has no use for the key does not read it. */
  private async reread(): Promise<void> {
    const event = await this.queue.run(async (): Promise<KeyEvent | undefined> => {
      const before = this.current;
      if (before === undefined && !this.isUnread) {
        return 'stored';
      }
      try {
        const tooLate = (): Promise<never> => Promise.reject(new Error('not read in time'));
        this.adopt(await within(this.parts.clock, longestRead, this.stored(), tooLate)); // what comes later may be an old key
        this.reading.done();
      } catch {
        this.parts.log.warn('local proxy: key not read, so nobody has access');
        this.current = undefined;
        this.isUnread = true;
        this.reading.later();
      }
      return this.current !== before ? 'changed' : before === undefined ? undefined : 'stored';
    });
    if (event !== undefined) {
      this.events.emit(event);
    }
  }
}

function orNew(stored: string | undefined): string {
  return stored ?? newAccessKey();
}
