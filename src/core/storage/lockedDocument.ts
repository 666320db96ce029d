import { isFailure } from '../base/failure';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import { Retry } from '../base/retry';
import { SerialQueue } from '../base/serialQueue';
import { TimedCalls } from '../base/timedCalls';
import type { HeldLock, Lock } from '../locking/lock';
import { isForgottenSince } from '../model/forgotten';

/** Returns the changed document, or the same object if nothing changes. Idempotent. */
export type Mutation<T> = (document: T) => T;

/** How a store reads, writes and shows its document. */
export interface DocumentAccess<T> {
  /**
   * The stored document, with the changes that this window could not write.
   *
   * @throws {Failure} `storeNewer` when a newer version has written it, `sessionsUnreadable` when it cannot be read
   */
  readonly read: () => Promise<T>;
  /** The document as this window knows it, used if it cannot be read. */
  readonly known: () => T;
  /** Adds what only a write adds, such as the revision. */
  readonly toWrite: (document: T) => T;
  /** @param lock to check, before the write is announced, that it is still held; undefined if it was lost too often */
  readonly write: (document: T, lock: HeldLock | undefined) => Promise<void>;
  /** Called after a change, even if it could not be written. */
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
/** A write that takes longer counts as failed: the new tokens are needed, and a keyring may never answer (milliseconds). */
const writeTimeout = 30_000;
/** How many attempts a change has if the lock is lost before the write; the last one writes without a check. */
const maxAttempts = 50;

/**
 * A document that several windows write: it is read, changed and written under a lock, one change at a time. A change
 * that cannot be written is kept, applied again to every later read, and written with the next change or by a retry.
 */
export class LockedDocument<T> {
  private readonly queue = new SerialQueue();
  private unwritten: readonly { readonly mutate: Mutation<T>; readonly at: number }[] = [];
  private readonly retry: Retry;
  private readonly writes = new TimedCalls();

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

  /** @param forgottenAt changes up to this time are not made again (milliseconds since 1970) */
  withUnwritten(document: T, forgottenAt?: number): T {
    this.unwritten = this.unwritten.filter(({ at }) => !isForgottenSince(at, forgottenAt, this.parts.clock.now()));
    return this.unwritten.reduce((known, { mutate }) => mutate(known), document);
  }

  /** Runs work that must not overlap with a change, such as another read. */
  betweenChanges<R>(work: () => Promise<R>): Promise<R> {
    return this.queue.run(work);
  }

  /** @throws {Failure} as `read` does */
  change(mutate: Mutation<T>): Promise<void> {
    return this.queue.run(() => this.changeUnderLock(mutate));
  }

  /**
   * As `change`, but if the document cannot be read, the change is made to what this window knows, and written later.
   *
   * @throws {Failure} `storeNewer` when a newer version has written the document
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
        if ((await this.attempt(mutate, attempt < maxAttempts ? lock : undefined)) === 'done') {
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
      await this.writes.run(this.parts.clock, writeTimeout, () => this.access.write(document, lock));
      this.unwritten = [];
      this.retry.done();
    } catch {
      // Shown anyway: the change is valid, and the next write starts from what this window knows.
      this.writeLater(after === before ? undefined : mutate);
    }
    this.access.show(document);
    return 'done';
  }

  /** With the next change, or by a retry, because the window may close before the next change. */
  private writeLater(mutate: Mutation<T> | undefined): void {
    this.unwritten = [...this.unwritten, ...(mutate === undefined ? [] : [{ mutate, at: this.parts.clock.now() }])];
    this.retry.later();
    this.parts.log.warn(`${this.parts.name}: not written`);
  }
}
