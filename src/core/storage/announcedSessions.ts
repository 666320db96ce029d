import { within, type Clock } from '../base/clock';
import { mayHoldSessions } from './mayHoldSessions';
import type { Unsubscribe } from '../base/emitter';
import type { Log } from '../base/log';
import type { HeldLock } from '../locking/lock';
import type { SecretStore } from './secretStore';
import type { Recalled } from './rememberedState';
import { SecretDocument, type Stored } from './secretDocument';
import { sessionFormat, type SessionDocument, type StoredMethod } from './sessionDocument';
import type { State, StateFile } from './stateFile';
import type { StoreListeners } from './storeListeners';

/** How long to wait for a write that another window announced in `state.json` (milliseconds). */
const lateWriteTimeout = 2_000;
const rereadInterval = 100;

/** A copy of `state.json`, kept in another place. */
interface Remembered {
  recall(): Recalled;
  keep(state: State): void;
}

export interface AnnouncedSessionsParts extends StoreListeners {
  readonly secrets: SecretStore;
  readonly stateFile: StateFile;
  readonly remembered: Remembered;
  /**
   * Whether to read the secret storage even if `state.json` says that it is empty. True if the two are on different
   * machines (VS Code in a browser), where reading it never asks for a keyring password.
   */
  readonly distrustEmptyState: boolean;
  /** A session of another method cannot be read, and is kept unchanged. */
  readonly methods: readonly StoredMethod[];
  readonly clock: Clock;
  readonly log: Log;
}

/** The secret document `sessions`, and the file `state.json` that announces its revision to other windows. */
export class AnnouncedSessions {
  private readonly document: SecretDocument<SessionDocument>;
  /** What `state.json` said when it was last read. */
  private announced: State | 'missing' | 'unknown' = 'unknown';

  constructor(private readonly parts: AnnouncedSessionsParts) {
    this.document = new SecretDocument(parts.secrets, parts.log, sessionFormat(parts.methods));
  }

  onDidChange(listener: () => void): Unsubscribe {
    return this.parts.secrets.onDidChange((key) => {
      if (key === this.document.key) {
        listener();
      }
    });
  }

  /** Whether the secret storage may hold sessions, without reading it: it may ask for the password of a keyring. */
  async mayExist(): Promise<boolean> {
    const { stateFile, remembered, distrustEmptyState } = this.parts;
    return mayHoldSessions(await stateFile.read(), remembered.recall(), distrustEmptyState);
  }

  /** Lets the next start know what is stored even if `state.json` is gone. */
  remember(document: SessionDocument): void {
    this.parts.remembered.keep(stateOf(document));
  }

  /** @throws {Failure} `sessionsUnreadable` */
  read(how?: 'inTime'): Promise<Stored<SessionDocument>> {
    return how === 'inTime' ? this.document.readInTime(this.parts.clock) : this.document.read();
  }

  /**
   * As `read`, but waits for an announced revision: this window can read what `secrets.store` wrote in another one only
   * some 100 ms later.
   *
   * @param knownStoreId the store whose sessions this window knows
   */
  async readSettled(knownStoreId: string | undefined): Promise<Stored<SessionDocument>> {
    const { clock, stateFile, onWriteLost } = this.parts;
    const state = (this.announced = await stateFile.read());
    const wait = { isOver: false };
    const stopTimer = clock.after(lateWriteTimeout, () => void (wait.isOver = true));
    try {
      for (;;) {
        const stored = await this.document.readInTime(clock);
        const late =
          typeof state === 'object' &&
          (stored.kind === 'ok'
            ? stored.value.storeId === state.storeId && stored.value.revision < state.revision
            : stored.kind === 'absent' && state.sessions > 0 && knownStoreId !== state.storeId);
        if (!late || wait.isOver) {
          if (late) onWriteLost?.(state.revision);
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
      unsubscribe = this.onDidChange(resolve);
    });
    await within(this.parts.clock, rereadInterval, changed, () => undefined);
    unsubscribe();
  }

  /** Skips a revision that was announced and never arrived: some window may have seen it. */
  nextRevision({ storeId, revision }: SessionDocument): number {
    const { announced } = this;
    const used = typeof announced === 'object' && announced.storeId === storeId ? announced.revision : 0;
    return Math.max(revision, used) + 1;
  }

  /** Removes the copies of damaged documents, whose tokens may still be valid. Never throws. */
  async removeDamaged(): Promise<void> {
    const { secrets, log } = this.parts;
    try {
      for (const key of ['sessions.damaged', 'clients.damaged']) {
        if ((await secrets.get(key)) !== undefined) {
          await secrets.delete(key);
        }
      }
    } catch {
      log.warn('sessions: damaged copies not removed');
    }
  }

  /** @throws whatever the secret storage throws, which may quote its input: never show or log it */
  async write(document: SessionDocument, lock: HeldLock | undefined): Promise<void> {
    await this.document.write(document);
    this.remember(document);
    // A window that has lost the lock announces nothing: the next holder has announced a newer revision, or will. But if
    // the file says that there is no session, it must be corrected: the next start would not even read the secret storage.
    const saysEmpty = typeof this.announced !== 'object' || this.announced.sessions === 0;
    if (lock === undefined || saysEmpty || (await lock.isHeld())) {
      await this.parts.stateFile.write(stateOf(document));
    }
  }
}

function stateOf({ storeId, revision, sessions, unreadable }: SessionDocument): State {
  return { storeId, revision, sessions: sessions.length + unreadable.length };
}
