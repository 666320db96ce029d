import { isFailure } from '../base/failure';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import { Retry } from '../base/retry';
import { SerialQueue } from '../base/serialQueue';
import type { HeldLock, Lock } from '../locking/lock';

/** Makes a new document of an old one; returns the same object where nothing changes. Made twice, it changes nothing more. */
export type Mutation<T> = (document: T) => T;

/** One stored document, as its store reads, writes and shows it. */
export interface DocumentAccess<T> {
  /**
   * The document as all windows see it, with what this window could not write.
   *
   * @throws {Failure} `storeNewer` when it is not ours to write, `sessionsUnreadable` when it cannot be read
   */
  readonly read: () => Promise<T>;
  /** What this window knows of it where it cannot be read. */
  readonly known: () => T;
  /** The document with what only a write adds, such as its revision. */
  readonly toWrite: (document: T) => T;
  /** @param lock asked by who announces the write; undefined where the lock was lost too often */
  readonly write: (document: T, lock: HeldLock | undefined) => Promise<void>;
  /** Shows what has changed, also where it could not be written. */
  readonly show: (document: T) => void;
}

export interface LockedDocumentParts {
  /** Of the document, for the log. */
  readonly name: string;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly log: Log;
}

/** A holder that keeps the lock longer waits for something else than us, such as a keyring's password (milliseconds). */
const lockTimeout = 15_000;
/** A change starts over so often where the lock was lost before the write; then the document is written as it is. */
const mostAttempts = 50;

/**
 * A document that all windows write: under a lock it is read, changed and written, one change at a time. A change that the
 * secret storage refuses is kept, made again on whatever is read next, and written with the next change or by itself.
 */
export class LockedDocument<T> {
  private readonly queue = new SerialQueue();
  private unwritten: readonly Mutation<T>[] = [];
  private readonly retry: Retry;

  constructor(
    private readonly access: DocumentAccess<T>,
    private readonly parts: LockedDocumentParts,
  ) {
    this.retry = new Retry(parts.clock, () => {
      this.change((document) => document).catch(() => {
        this.retry.later();
      });
    });
  }

  /** Whether the secret storage has every change of this window. */
  get isWritten(): boolean {
    return this.unwritten.length === 0;
  }

  withUnwritten(document: T): T {
    return this.unwritten.reduce((known, again) => again(known), document);
  }

  /** Runs what must not happen during a change, such as another reading. */
  betweenChanges<R>(work: () => Promise<R>): Promise<R> {
    return this.queue.run(work);
  }

  /** @throws {Failure} as reading does */
  change(mutate: Mutation<T>): Promise<void> {
    return this.queue.run(() => this.changeUnderLock(mutate));
  }

  /**
   * As `change`, but where the document cannot be read, the change is made of what this window knows, and written later.
   *
   * @throws {Failure} `storeNewer` when the document is not ours to write
   */
  changeNowOrLater(mutate: Mutation<T>): Promise<void> {
    return this.queue.run(async () => {
      try {
        await this.changeUnderLock(mutate);
      } catch (error) {
        if (isFailure(error) && error.code === 'storeNewer') {
          throw error;
        }
        const known = this.access.known();
        const changed = mutate(known);
        if (changed !== known) {
          this.writeLater(mutate);
          this.access.show(changed);
        }
      }
    });
  }

  private async changeUnderLock(mutate: Mutation<T>): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const lock = await this.parts.lock.acquire('document', lockTimeout);
      try {
        if ((await this.attempt(mutate, attempt < mostAttempts ? lock : undefined)) === 'done') {
          return;
        }
      } finally {
        await lock.release();
      }
    }
  }

  private async attempt(mutate: Mutation<T>, lock: HeldLock | undefined): Promise<'done' | 'lockLost'> {
    const before = await this.access.read();
    const after = mutate(before);
    if (after === before && this.isWritten) {
      return 'done';
    }
    if (lock !== undefined && !(await lock.isHeld())) {
      return 'lockLost';
    }
    const document = this.access.toWrite(after);
    try {
      await this.access.write(document, lock);
      this.unwritten = [];
      this.retry.done();
    } catch {
      // Shown all the same: what changed is good, and the next write starts from what this window knows.
      this.writeLater(after === before ? undefined : mutate);
    }
    this.access.show(document);
    return 'done';
  }

  /** With the next change, or by itself, for the window may be closed before there is one. */
  private writeLater(mutate: Mutation<T> | undefined): void {
    this.unwritten = mutate === undefined ? this.unwritten : [...this.unwritten, mutate];
    this.retry.later();
    this.parts.log.warn(`${this.parts.name}: not written`);
  }
}
