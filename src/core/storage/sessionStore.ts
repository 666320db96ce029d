import { Failure, type FailureCode } from '../base/failure';
import type { Changes } from '../model/changes';
import { KnownSessions, type Unstored } from './knownSessions';
import { LockedDocument } from './lockedDocument';
import type { Unsubscribe } from '../base/emitter';
import type { Random } from '../base/random';
import type { Lock } from '../locking/lock';
import type { Stored } from './secretDocument';
import type { Session } from '../model/session';
import { emptyDocument, type SessionDocument } from './sessionDocument';
import { ofDocument, updating, type SessionFilter, type Next, type SessionsMutation } from './sessionsMutation';
import { AnnouncedSessions, type AnnouncedSessionsParts } from './announcedSessions';

export interface SessionStoreParts extends AnnouncedSessionsParts {
  readonly lock: Lock;
  readonly random: Random;
}

/** All sessions: those that this window knows, and every way to read and change the stored ones. */
export class SessionStore {
  private readonly known: KnownSessions;
  private readonly announced: AnnouncedSessions;
  private readonly document: LockedDocument<SessionDocument>;
  /** `assumed`: the secret storage was not read, because everything else says that it holds no session. */
  private knowledge: 'none' | 'assumed' | 'read' = 'none';
  private waits = true;

  constructor(private readonly parts: SessionStoreParts) {
    this.known = new KnownSessions(parts.log, parts.onOwnChange);
    this.announced = new AnnouncedSessions(parts);
    this.document = new LockedDocument(
      {
        read: () => this.readToWrite(),
        known: () => this.latest,
        toWrite: (document) => ({ ...document, revision: this.announced.nextRevision(document) }),
        write: async (document, lock) => {
          await this.announced.write(document, lock);
          await (document.sessions.length === 0 ? this.announced.removeDamaged() : undefined);
          this.known.recordWritten(document);
        },
        show: (document) => {
          this.known.show(document, 'own');
        },
      },
      { name: 'sessions', ...parts },
    );
  }

  /** Fires with the differences after a read or a write. */
  get onDidChange(): (listener: (changes: Changes) => void) => Unsubscribe {
    return this.known.onDidChange;
  }

  /** The sessions that were last read or written; empty before `load`. */
  get sessions(): readonly Session[] {
    return this.known.sessions;
  }

  find(id: string): Session | undefined {
    return this.known.find(id);
  }

  /** Why the stored sessions are not all known here, or not all stored. */
  get problem(): FailureCode | undefined {
    const { problem } = this.known;
    return problem === 'storeNewer' || this.document.isWritten ? problem : 'storeNotWritten';
  }

  /** A session's tokens, if they could not be written. Undefined if their refresh token is the stored one. */
  unstoredTokens(id: string): Unstored | undefined {
    return this.known.unstoredTokens(id);
  }

  /** Whether something is stored that may be a session but cannot be read. */
  get hasUnreadable(): boolean {
    return this.known.problem === 'storeDamaged' || (this.known.document?.unreadable.length ?? 0) > 0;
  }

  /** Watches for changes by other windows, until the returned function is called. */
  watch(onFailure: (error: unknown) => void): Unsubscribe {
    return this.announced.onDidChange(() => {
      this.reload().catch(onFailure);
    });
  }

  /**
   * The sessions, read once. For a user who never signed in, the secret storage is not read: it may ask for a keyring
   * password.
   */
  load(): Promise<readonly Session[]> {
    if (this.knowledge !== 'none') {
      return Promise.resolve(this.sessions); // does not queue behind a change that waits for the lock
    }
    return this.reading(async () => (this.knowledge === 'none' ? await this.firstReading() : undefined));
  }

  /**
   * As `load`, but always reads the secret storage: for a user who signs in or out.
   *
   * @throws {Failure} `sessionsUnreadable` when it cannot be read
   */
  async loadFromStorage(): Promise<readonly Session[]> {
    await this.load();
    return this.knowledge === 'read' ? this.sessions : await this.reloadSettled();
  }

  /** Whether callers still wait for the first read. */
  get isAwaited(): boolean {
    return this.waits;
  }

  /** Call this when a caller could not wait: the result of the first read is then reported as a change. */
  stopWaiting(): void {
    this.waits = false;
  }

  /** Resolves when every change requested so far is done. */
  async settled(): Promise<void> {
    await this.document.betweenChanges(() => Promise.resolve());
  }

  /** The sessions as they are stored now. */
  reload(): Promise<readonly Session[]> {
    return this.reading(async () => {
      this.adopt(await this.announced.read('inTime'));
    });
  }

  /** As `reload`, but waits for a write that another window has announced but that cannot be read yet. */
  reloadSettled(): Promise<readonly Session[]> {
    return this.reading(async () => {
      this.adopt(await this.announced.readSettled(this.known.document?.storeId));
    });
  }

  /**
   * Reads, applies `mutate`, writes. Returning the same array writes nothing.
   *
   * @throws {Failure} `storeNewer` when a newer version has written the document, `sessionsUnreadable` when it cannot
   *   be read
   */
  async change(mutate: SessionsMutation): Promise<void> {
    await this.document.change(ofDocument(mutate));
  }

  /**
   * As `change`, for data that cannot be requested again, such as a rotated refresh token: if the sessions cannot be
   * read, the change is made to what this window knows, and written as soon as possible.
   *
   * @throws {Failure} `storeNewer` when the document is not ours to write
   */
  async changeNowOrLater(mutate: SessionsMutation): Promise<void> {
    await this.document.changeNowOrLater(ofDocument(mutate));
  }

  /** Replaces each matching session with the result of `next`. Writes nothing if no session matches or changes. */
  async update(matches: SessionFilter, next: Next): Promise<void> {
    await this.change(updating(matches, next));
  }

  /** As `update`, for data that cannot be requested again. */
  async updateNowOrLater(matches: SessionFilter, next: Next): Promise<void> {
    await this.changeNowOrLater(updating(matches, next));
  }

  /** When everything was last forgotten, in any window. */
  get forgottenAt(): number | undefined {
    return this.known.document?.forgottenAt;
  }

  /** Empties the document. It stays, because a missing one is no sign-out: other windows would write what they know. */
  async forget(now: number): Promise<void> {
    await this.document.change(({ storeId, revision }) => ({ ...emptyDocument(storeId), revision, forgottenAt: now }));
  }

  private reading(read: () => Promise<void>): Promise<readonly Session[]> {
    return this.document.betweenChanges(async () => {
      await read();
      return this.sessions;
    });
  }

  private async firstReading(): Promise<void> {
    if (!(await this.announced.mayExist())) {
      this.knowledge = 'assumed';
      return;
    }
    const stored = await this.announced.read().catch((error: unknown) => {
      this.known.problem = 'sessionsUnreadable';
      this.stopWaiting();
      throw error;
    });
    if (stored.kind === 'absent') {
      this.parts.log.warn('sessions: looked for, and not in the secret storage');
    }
    // The first read is not a change, unless a caller has already been answered without it.
    this.adopt(stored, this.waits ? 'silent' : 'notify');
  }

  private async readToWrite(): Promise<SessionDocument> {
    this.adopt(await this.announced.readSettled(this.known.document?.storeId));
    if (this.known.problem === 'storeNewer') {
      throw new Failure('storeNewer');
    }
    return this.latest;
  }

  private adopt(stored: Stored<SessionDocument>, how: 'silent' | 'notify' = 'notify'): void {
    this.knowledge = 'read';
    const adopted = this.known.adopt(stored, (read) => this.document.withUnwritten(read, read.forgottenAt), how);
    if (adopted !== undefined) {
      this.announced.remember(adopted);
    }
  }

  private get latest(): SessionDocument {
    return this.known.document ?? emptyDocument(this.parts.random.id());
  }
}
