import { isFailure } from '../base/failure';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import { Retry } from '../base/retry';
import { SerialQueue } from '../base/serialQueue';
import type { HeldLock, Lock } from '../locking/lock';

/** Makes a new document of an old one; returns the same object where nothing changes. Repeating it changes nothing more. */
export type Mutation<T> = (document: T) => T;

/** One stored document, as its store reads, writes and shows it. */
export interface DocumentAccess<T> {
  /**
   * The document as it is stored, with the changes that this window could not write.
   *
   * @throws {Failure} `storeNewer` when it is not ours to write, `sessionsUnreadable` when it cannot be read
   */
  readonly read: () => Promise<T>;
  /** What this window knows of the document, for when it cannot be read. */
  readonly known: () => T;
  /** The document with what only a write adds, such as its revision. */
  readonly toWrite: (document: T) => T;
  /** @param lock for checking, before the write is announced, that it is still held; undefined where it was lost too often */
  readonly write: (document: T, lock: HeldLock | undefined) => Promise<void>;
  /** Called after a change, also after one that could not be written. */
  readonly show: (document: T) => void;
}

export interface LockedDocumentParts {
  /** For the log. */
  readonly name: string;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly log: Log;
}

/** A window that holds the lock for longer is waiting for something else, such as a keyring's password (milliseconds). */
const lockTimeout = 15_000;
/** So often a change starts over because the lock was lost before the write; then it is written without a check. */
const mostAttempts = 50;

/**
 * A document that several windows write: it is read, changed and written under a lock, one change at a time. A change that
 * the secret storage refuses is kept, repeated on whatever is read next, and written with the next change or by a retry.
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

  /** Whether every change of this window has been written. */
  get isWritten(): boolean {
    return this.unwritten.length === 0;
  }

  withUnwritten(document: T): T {
    return this.unwritten.reduce((known, again) => again(known), document);
  }

  /** Runs something that must not happen during a change, such as another reading. */
  betweenChanges<R>(work: () => Promise<R>): Promise<R> {
    return this.queue.run(work);
  }

  /** @throws {Failure} as reading does */
  change(mutate: Mutation<T>): Promise<void> {
    return this.queue.run(() => this.changeUnderLock(mutate));
  }

  /**
   * As `change`, but if the document cannot be read, the change is made to what this window knows, and written later.
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
      // Shown all the same: the change is valid, and the next write starts from what this window knows.
      this.writeLater(after === before ? undefined : mutate);
    }
    this.access.show(document);
    return 'done';
  }

  /** With the next change, or by a retry: the window may be closed before there is another change. */
  private writeLater(mutate: Mutation<T> | undefined): void {
    this.unwritten = mutate === undefined ? this.unwritten : [...this.unwritten, mutate];
    this.retry.later();
    this.parts.log.warn(`${this.parts.name}: not written`);
  }
}
