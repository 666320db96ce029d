import { Failure } from '../oauth/failure';
import { changesBetween, type Changes } from './changes';
import { within, type Clock } from './clock';
import { Emitter } from './emitter';
import { formerAfter, withTrueAges } from './formerRefreshTokens';
import type { HeldLock, Lock, Log, Random, SecretStore, Unsubscribe } from './ports';
import { SecretDocument, type Stored } from './secretDocument';
import { SerialQueue } from './serialQueue';
import type { Session } from './session';
import { parseSessionDocument, type SessionDocument } from './sessionDocument';
import type { State, StateFile } from './stateFile';

/** Makes new sessions of old ones. Made twice, it changes nothing more. */
type Mutation = (sessions: readonly Session[]) => readonly Session[];

/** How long a write that another window announced in `state.json` is waited for (milliseconds). */
const lateWritePatience = 2_000;
const rereadInterval = 100;
/** Who holds the document longer waits for something else than us, such as a keyring's password (milliseconds). */
const turnPatience = 15_000;
/** A change is begun again so often where the window slept over it; then it is written as it is. */
const mostAttempts = 50;

export interface SessionStoreParts {
  readonly secrets: SecretStore;
  readonly stateFile: StateFile;
  /**
   * Whether to open the secrets although `state.json` says that they are empty. True where file and secrets lie on
   * different machines (VS Code in a browser), and where opening them prompts for no keyring.
   */
  readonly distrustEmptyState: boolean;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

/**
 * Every session, kept in one secret document. Reads and writes go through one queue; each write starts from a fresh
 * reading, because other windows write too, and is made while no other window makes one.
 */
export class SessionStore {
  /** Tells what differs after any reading or writing. */
  readonly onDidChange: (listener: (changes: Changes) => void) => Unsubscribe;
  /** Why the stored sessions are not all at hand. */
  problem: 'none' | 'damaged' | 'newer' | 'notWritten' | 'unreadable' = 'none';

  private readonly changes: Emitter<Changes>;
  private readonly queue = new SerialQueue();
  private readonly document: SecretDocument<SessionDocument>;
  private view: SessionDocument | undefined;
  /** What `state.json` said when it was last read. */
  private announced: State | undefined;
  private loaded = false;
  private isAwaited = true;
  /** Changes that the secret storage refused to take; they are made again on whatever is read next. */
  private unwritten: Mutation[] = [];

  constructor(private readonly parts: SessionStoreParts) {
    this.changes = new Emitter(() => {
      parts.log.warn('sessions: a listener failed');
    });
    this.onDidChange = this.changes.on;
    this.document = new SecretDocument(parts.secrets, parts.log, 'sessions', parseSessionDocument);
  }

  /** What was last read or written; empty before `load`. */
  get sessions(): readonly Session[] {
    return this.view?.sessions ?? [];
  }

  find(id: string): Session | undefined {
    return this.sessions.find((session) => session.id === id);
  }

  /** Follows what other windows write, until the returned function is called. */
  watch(onFailure: (error: unknown) => void): Unsubscribe {
    return this.parts.secrets.onDidChange((key) => {
      if (key === this.document.key) {
        this.reload().catch(onFailure);
      }
    });
  }

  /**
   * The sessions, read once. For somebody who never signed in the secret storage is not opened: that may ask for the
   * password of a keyring.
   */
  load(): Promise<readonly Session[]> {
    if (this.loaded) {
      return Promise.resolve(this.sessions); // nobody who only looks waits for a change that waits for its turn
    }
    return this.queue.run(async () => {
      if (!this.loaded && (await this.mayHoldSessions())) {
        // The first look is no change, unless somebody has been answered without it.
        this.adopt(await this.firstRead(), this.isAwaited ? 'silently' : 'aloud');
      }
      this.loaded = true;
      return this.sessions;
    });
  }

  /** When everything asked for so far is written. */
  async settled(): Promise<void> {
    await this.queue.run(() => Promise.resolve());
  }

  /** The sessions as they are stored now. An older revision than the one known is a late echo and changes nothing. */
  reload(): Promise<readonly Session[]> {
    return this.queue.run(async () => {
      this.adopt(await this.read());
      this.loaded = true;
      return this.sessions;
    });
  }

  /** As `reload`, but waits for what another window has announced and the secret storage does not show yet. */
  reloadSettled(): Promise<readonly Session[]> {
    return this.queue.run(async () => {
      this.adopt(await this.readSettled());
      this.loaded = true;
      return this.sessions;
    });
  }

  /**
   * Reads, applies `mutate`, writes; again where the machine slept in between. Returning the same array writes nothing.
   *
   * @throws {Failure} `storeNewer` when the document is not ours to write
   */
  change(mutate: Mutation): Promise<readonly Session[]> {
    return this.queue.run(async () => {
      for (let attempt = 1; ; attempt += 1) {
        const turn = await this.parts.lock.acquire('document', turnPatience);
        try {
          if (await this.changed(mutate, attempt < mostAttempts ? turn : undefined)) {
            return this.sessions;
          }
        } finally {
          await turn?.release();
        }
      }
    });
  }

  /** False, and nothing written, where the turn was over before the write. */
  private async changed(mutate: Mutation, turn: HeldLock | undefined): Promise<boolean> {
    this.adopt(await this.readSettled());
    this.loaded = true;
    if (this.problem === 'newer') {
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
    this.unwritten = (await this.write(sessions, turn)) ? [] : [...this.unwritten, mutate];
    return true;
  }

  /** From here on what is found at last is news: somebody could not wait for it. */
  stopWaiting(): void {
    this.isAwaited = false;
  }

  private async firstRead(): Promise<Stored<SessionDocument>> {
    try {
      return await this.read();
    } catch (error) {
      this.problem = 'unreadable';
      this.stopWaiting();
      throw error;
    }
  }

  private async mayHoldSessions(): Promise<boolean> {
    const state = await this.parts.stateFile.read();
    if (state === 'missing' || state === 'unknown') {
      return state === 'unknown';
    }
    return state.sessions > 0 || this.parts.distrustEmptyState;
  }

  private async read(): Promise<Stored<SessionDocument>> {
    try {
      return await this.document.read();
    } catch {
      throw new Failure('sessionsUnreadable');
    }
  }

  /** What `secrets.store` wrote in another window is seen here only some 100 ms later. */
  private async readSettled(): Promise<Stored<SessionDocument>> {
    const state = await this.parts.stateFile.read();
    this.announced = typeof state === 'object' ? state : undefined;
    const patience = new AbortController();
    const stopTimer = this.parts.clock.after(lateWritePatience, () => {
      patience.abort();
    });
    try {
      for (;;) {
        const stored = await this.read();
        const late =
          typeof state === 'object' &&
          (stored.kind === 'ok'
            ? stored.value.storeId === state.storeId && stored.value.revision < state.revision
            : stored.kind === 'absent' && state.sessions > 0 && this.view?.storeId !== state.storeId);
        if (!late || patience.signal.aborted) {
          return stored;
        }
        await this.nextChange();
      }
    } finally {
      stopTimer();
    }
  }

  private async nextChange(): Promise<void> {
    let unsubscribe: Unsubscribe = () => undefined;
    const changed = new Promise<void>((resolve) => {
      unsubscribe = this.parts.secrets.onDidChange((key) => {
        if (key === this.document.key) {
          resolve();
        }
      });
    });
    await within(this.parts.clock, rereadInterval, changed, () => undefined);
    unsubscribe();
  }

  private adopt(stored: Stored<SessionDocument>, how: 'silently' | 'aloud' = 'aloud'): void {
    if (stored.kind === 'newer' || stored.kind === 'damaged') {
      this.problem = stored.kind;
    } else if (this.problem === 'newer' || this.problem === 'unreadable') {
      this.problem = 'none';
    }
    if (stored.kind !== 'ok') {
      return; // no sign-out: what this window knows is kept, and written with its next change where that may be
    }
    const sessions = this.unwritten.reduce<readonly Session[]>((known, again) => again(known), stored.value.sessions);
    const found = { ...stored.value, sessions };
    if (found.storeId !== this.view?.storeId || found.revision >= this.view.revision) {
      this.show(found, how);
    }
  }

  /** False where the secret storage refuses. */
  private async write(sessions: readonly Session[], turn: HeldLock | undefined): Promise<boolean> {
    const storeId = this.view?.storeId ?? this.parts.random.id();
    // A revision that was announced and never came is used up: some window may have seen it.
    const announced = this.announced?.storeId === storeId ? this.announced.revision : 0;
    const written: SessionDocument = {
      storeId,
      revision: Math.max(this.view?.revision ?? 0, announced) + 1,
      sessions,
      unreadable: this.view?.unreadable ?? [],
      formerRefreshTokens: formerAfter(this.view?.formerRefreshTokens ?? [], this.sessions, sessions),
    };
    let isWritten = true;
    try {
      await this.document.write(written);
      this.problem = 'none';
      // Who overslept says nothing: the next holder has announced a newer revision, or will.
      if (turn === undefined || (await turn.isHeld())) {
        await this.parts.stateFile.write({
          storeId: written.storeId,
          revision: written.revision,
          sessions: sessions.length + written.unreadable.length,
        });
      }
    } catch {
      // Shown all the same: the tokens are good, and the next write starts from what this window knows.
      isWritten = false;
      this.problem = 'notWritten';
      this.parts.log.warn('sessions: not written', { revision: written.revision });
    }
    this.show(written, 'aloud');
    return isWritten;
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
