import { isDeepStrictEqual } from 'node:util';
import { Failure, type FailureCode } from '../base/failure';
import { changesBetween, type Changes } from './changes';
import { Emitter } from '../base/emitter';
import { formerAfter, withTrueAges } from './formerRefreshTokens';
import type { Unsubscribe } from '../base/emitter';
import type { Random } from '../base/random';
import type { HeldLock, Lock } from '../locking/lock';
import { Retry } from '../base/retry';
import type { Stored } from './secretDocument';
import { SerialQueue } from '../base/serialQueue';
import type { Session } from '../model/session';
import type { Tokens } from '../model/tokens';
import type { SessionDocument } from './sessionDocument';
import { StoredSessions, type StoredSessionsParts } from './storedSessions';
import { unreadableAfter } from './unreadableEntries';

/** Makes new sessions of old ones. Made twice, it changes nothing more. */
type Mutation = (sessions: readonly Session[]) => readonly Session[];

/** Tokens that the secret storage did not take. */
export interface Unstored {
  /** The refresh token in their place. */
  readonly spent: string;
  readonly tokens: Tokens;
}

/** Who holds the document longer waits for something else than us, such as a keyring's password, and loses it (milliseconds). */
const lockTimeout = 15_000;
/** A change is begun again so often where the window slept over it; then it is written as it is. */
const mostAttempts = 50;

export interface SessionStoreParts extends StoredSessionsParts {
  readonly lock: Lock;
  readonly random: Random;
}

/**
 * Every session, kept in one secret document. Reads and writes go through one queue; each write starts from a fresh
 * reading, because other windows write too, and is made while no other window makes one.
 */
export class SessionStore {
  /** Tells what differs after any reading or writing. */
  readonly onDidChange: (listener: (changes: Changes) => void) => Unsubscribe;
  /** What the last reading found wrong. */
  private wrong: 'none' | 'damaged' | 'newer' | 'unreadable' = 'none';

  private readonly changes: Emitter<Changes>;
  private readonly queue = new SerialQueue();
  private readonly stored: StoredSessions;
  private view: SessionDocument | undefined;
  /** What the secret storage holds, as far as this window knows. */
  private durable: readonly Session[] = [];
  /** `assumed`: everything outside of the secret storage says that there is nothing in it. */
  private knowledge: 'none' | 'assumed' | 'read' = 'none';
  private waits = true;
  /** Changes that the secret storage refused to take; they are made again on whatever is read next. */
  private unwritten: readonly Mutation[] = [];
  private readonly retry: Retry;

  constructor(private readonly parts: SessionStoreParts) {
    this.changes = new Emitter(() => {
      parts.log.warn('sessions: a listener failed');
    });
    this.onDidChange = this.changes.on;
    this.stored = new StoredSessions(parts);
    this.retry = new Retry(parts.clock, () => {
      this.change((sessions) => sessions).catch(() => {
        this.retry.later();
      });
    });
  }

  /** What was last read or written; empty before `load`. */
  get sessions(): readonly Session[] {
    return this.view?.sessions ?? [];
  }

  find(id: string): Session | undefined {
    return this.sessions.find((session) => session.id === id);
  }

  /** Why the stored sessions are not all at hand, or not all stored. */
  get problem(): FailureCode | undefined {
    if (this.wrong !== 'newer' && this.unwritten.length > 0) {
      return 'storeNotWritten';
    }
    return problemCodes[this.wrong];
  }

  /** What could not be written of a session's tokens. Undefined where their refresh token is the stored one. */
  unstoredTokens(id: string): Unstored | undefined {
    const spent = this.durable.find((session) => session.id === id)?.tokens.refreshToken;
    const tokens = this.find(id)?.tokens;
    return spent === undefined || tokens === undefined || tokens.refreshToken === spent ? undefined : { spent, tokens };
  }

  /** Follows what other windows write, until the returned function is called. */
  watch(onFailure: (error: unknown) => void): Unsubscribe {
    return this.stored.onDidChange(() => {
      this.reload().catch(onFailure);
    });
  }

  /**
   * The sessions, read once. For somebody who never signed in the secret storage is not opened: that may ask for the
   * password of a keyring.
   */
  load(): Promise<readonly Session[]> {
    if (this.knowledge !== 'none') {
      return Promise.resolve(this.sessions); // nobody who only looks waits for a change that waits for its turn
    }
    return this.queue.run(async () => {
      if (this.knowledge === 'none') {
        await this.firstLook();
      }
      return this.sessions;
    });
  }

  /**
   * As `load`, but the secret storage is opened whatever lies outside of it says: for a person who signs in or out.
   *
   * @throws {Failure} `sessionsUnreadable` when it cannot be read
   */
  async loadForCertain(): Promise<readonly Session[]> {
    await this.load();
    return this.knowledge === 'read' ? this.sessions : await this.reloadSettled();
  }

  /** When everything asked for so far is written. */
  async settled(): Promise<void> {
    await this.queue.run(() => Promise.resolve());
  }

  /** The sessions as they are stored now. An older revision than the one known is a late echo and changes nothing. */
  reload(): Promise<readonly Session[]> {
    return this.queue.run(async () => {
      this.adopt(await this.stored.read());
      return this.sessions;
    });
  }

  /** As `reload`, but waits for what another window has announced and the secret storage does not show yet. */
  reloadSettled(): Promise<readonly Session[]> {
    return this.queue.run(async () => {
      this.adopt(await this.stored.readSettled(this.view?.storeId));
      return this.sessions;
    });
  }

  /**
   * Reads, applies `mutate`, writes; again where the machine slept in between. Returning the same array writes nothing.
   *
   * @throws {Failure} `storeNewer` when the document is not ours to write, `sessionsUnreadable` when it cannot be read
   */
  change(mutate: Mutation): Promise<readonly Session[]> {
    return this.queue.run(() => this.changeLocked(mutate));
  }

  /**
   * Replaces the sessions that are meant by what `next` makes of them. Where none is meant, or each would stay as it is,
   * nothing is written.
   *
   * @throws {Failure} as `change`
   */
  update(isMeant: (session: Session) => boolean, next: (session: Session) => Session): Promise<readonly Session[]> {
    return this.change((sessions) => updated(sessions, isMeant, next));
  }

  /**
   * As `update`, for what cannot be had twice: see `changeNowOrLater`.
   *
   * @throws {Failure} `storeNewer` when the document is not ours to write
   */
  updateNowOrLater(
    isMeant: (session: Session) => boolean,
    next: (session: Session) => Session,
  ): Promise<readonly Session[]> {
    return this.changeNowOrLater((sessions) => updated(sessions, isMeant, next));
  }

  /**
   * As `change`, for what cannot be had twice, such as a rotated refresh token: where the sessions cannot be read, it is
   * made of what this window knows, and written as soon as that may be.
   *
   * @throws {Failure} `storeNewer` when the document is not ours to write
   */
  changeNowOrLater(mutate: Mutation): Promise<readonly Session[]> {
    return this.queue.run(async () => {
      try {
        return await this.changeLocked(mutate);
      } catch (error) {
        if (this.wrong === 'newer') {
          throw error;
        }
        const sessions = mutate(this.sessions);
        if (sessions !== this.sessions) {
          this.putOff(mutate);
          this.show({ ...(this.view ?? this.emptyDocument()), sessions }, 'aloud');
        }
        return this.sessions;
      }
    });
  }

  /**
   * Where no session can be read: removes what may be one. For a person who wants nothing to stay.
   *
   * @throws {Failure} as `change`
   */
  async removeUnreadable(): Promise<void> {
    await this.change((sessions) => (sessions.length === 0 ? [] : sessions));
  }

  /** Whether something is stored that may be a session, and cannot be read. */
  get hasUnreadable(): boolean {
    return this.wrong === 'damaged' || (this.view?.unreadable.length ?? 0) > 0;
  }

  private async changeLocked(mutate: Mutation): Promise<readonly Session[]> {
    for (let attempt = 1; ; attempt += 1) {
      const turn = await this.parts.lock.acquire('document', lockTimeout);
      try {
        if (await this.changed(mutate, attempt < mostAttempts ? turn : undefined)) {
          return this.sessions;
        }
      } finally {
        await turn.release();
      }
    }
  }

  /** False, and nothing written, where the turn was over before the write. */
  private async changed(mutate: Mutation, turn: HeldLock | undefined): Promise<boolean> {
    this.adopt(await this.stored.readSettled(this.view?.storeId));
    if (this.wrong === 'newer') {
      throw new Failure('storeNewer');
    }
    const before = this.sessions;
    const mutated = mutate(before);
    if (mutated === before && this.unwritten.length === 0) {
      return true;
    }
    const sessions = withTrueAges(mutated, this.view?.formerRefreshTokens ?? []);
    if (turn !== undefined && !(await turn.isHeld())) {
      return false;
    }
    await this.write(sessions, turn, mutated === before ? undefined : mutate);
    return true;
  }

  /** Whether somebody still waits for the first look. */
  get isAwaited(): boolean {
    return this.waits;
  }

  /** From here on what is found at last is news: somebody could not wait for it. */
  stopWaiting(): void {
    this.waits = false;
  }

  private async firstLook(): Promise<void> {
    if (!(await this.stored.mayBeThere())) {
      this.knowledge = 'assumed';
      return;
    }
    const stored = await this.firstRead();
    if (stored.kind === 'absent') {
      this.parts.log.warn('sessions: looked for, and not in the secret storage');
    }
    // The first look is no change, unless somebody has been answered without it.
    this.adopt(stored, this.waits ? 'silently' : 'aloud');
  }

  private async firstRead(): Promise<Stored<SessionDocument>> {
    try {
      return await this.stored.read();
    } catch (error) {
      this.wrong = 'unreadable';
      this.stopWaiting();
      throw error;
    }
  }

  private adopt(stored: Stored<SessionDocument>, how: 'silently' | 'aloud' = 'aloud'): void {
    this.knowledge = 'read';
    if (stored.kind === 'newer' || stored.kind === 'damaged') {
      this.wrong = stored.kind;
    } else if (this.wrong === 'newer' || this.wrong === 'unreadable') {
      this.wrong = 'none';
    }
    if (stored.kind !== 'ok') {
      return; // no sign-out: what this window knows is kept, and written with its next change where that may be
    }
    if (this.wrong === 'damaged') {
      this.wrong = 'none'; // a good document has taken its place
    }
    const sessions = this.unwritten.reduce<readonly Session[]>((known, again) => again(known), stored.value.sessions);
    const found = { ...stored.value, sessions };
    if (found.storeId !== this.view?.storeId || found.revision >= this.view.revision) {
      this.durable = stored.value.sessions;
      this.stored.remember(stored.value);
      this.show(found, how);
    }
  }

  private async write(sessions: readonly Session[], turn: HeldLock | undefined, mutate?: Mutation): Promise<void> {
    const view = this.view ?? this.emptyDocument();
    const written: SessionDocument = {
      storeId: view.storeId,
      revision: this.stored.nextRevision(view.storeId, view.revision),
      sessions,
      unreadable: unreadableAfter(view.unreadable, this.durable, sessions),
      formerRefreshTokens: formerAfter(view.formerRefreshTokens, this.sessions, sessions),
    };
    try {
      await this.stored.write(written, turn);
      await (sessions.length === 0 ? this.stored.removeDamaged() : undefined);
      this.wrong = 'none';
      this.durable = sessions;
      this.unwritten = [];
      this.retry.done();
    } catch {
      // Shown all the same: the tokens are good, and the next write starts from what this window knows.
      this.putOff(mutate);
      this.parts.log.warn('sessions: not written', { revision: written.revision });
    }
    this.show(written, 'aloud');
  }

  /** To be written later: by the next change, or by itself, for the window may be closed before there is one. */
  private putOff(mutate: Mutation | undefined): void {
    this.unwritten = mutate === undefined ? this.unwritten : [...this.unwritten, mutate];
    this.retry.later();
  }

  private emptyDocument(): SessionDocument {
    return { storeId: this.parts.random.id(), revision: 0, sessions: [], unreadable: [], formerRefreshTokens: [] };
  }

  private show(document: SessionDocument, how: 'silently' | 'aloud'): void {
    const before = this.sessions;
    this.view = document;
    const changes = how === 'aloud' ? changesBetween(before, this.sessions) : undefined;
    if (changes !== undefined) {
      const { added, removed, changed } = changes;
      this.parts.log.info('sessions: changed', {
        added: added.length,
        removed: removed.length,
        changed: changed.length,
        revision: document.revision,
      });
      this.changes.emit(changes);
    }
  }
}

const problemCodes = {
  none: undefined,
  damaged: 'storeDamaged',
  newer: 'storeNewer',
  unreadable: 'sessionsUnreadable',
} as const;

/** The same array where nothing changes. */
function updated(
  sessions: readonly Session[],
  isMeant: (session: Session) => boolean,
  next: (session: Session) => Session,
): readonly Session[] {
  const after = sessions.map((session) => (isMeant(session) ? next(session) : session));
  return isDeepStrictEqual(after, sessions) ? sessions : after;
}
