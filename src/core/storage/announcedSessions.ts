import { Failure } from '../base/failure';
import { within, type Clock } from '../base/clock';
import { withDeadline } from '../base/deadline';
import { mayHoldSessions } from './mayHoldSessions';
import type { Unsubscribe } from '../base/emitter';
import type { Log } from '../base/log';
import type { HeldLock } from '../locking/lock';
import type { SecretStore } from './secretStore';
import type { Recalled } from './rememberedState';
import { SecretDocument, type Stored } from './secretDocument';
import { sessionFormat, usualMethods, type SessionDocument, type StoredMethod } from './sessionDocument';
import type { State, StateFile } from './stateFile';

/** How long a write that another window announced in `state.json` is waited for (milliseconds). */
const lateWritePatience = 2_000;
const rereadInterval = 100;
/** Other windows wait for whoever reads before a write, and a keyring may never answer (milliseconds). */
const keyringPatience = 5_000;

/** What `state.json` says, as far as it is known without the file. */
interface Remembered {
  recall(): Recalled;
  keep(state: State): void;
}

export interface AnnouncedSessionsParts {
  readonly secrets: SecretStore;
  readonly stateFile: StateFile;
  readonly remembered: Remembered;
  /**
   * Whether to open the secrets although `state.json` says that they are empty. True where file and secrets lie on
   * different machines (VS Code in a browser), and where opening them prompts for no keyring.
   */
  readonly distrustEmptyState: boolean;
  /** A session of another method cannot be read, and is carried along. */
  readonly methods?: readonly StoredMethod[];
  readonly clock: Clock;
  readonly log: Log;
}

/** The secret document `sessions`, and `state.json` beside it that announces its revision. */
export class AnnouncedSessions {
  private readonly document: SecretDocument<SessionDocument>;
  /** What `state.json` said when it was last read. */
  private announced: State | 'missing' | 'unknown' = 'unknown';

  constructor(private readonly parts: AnnouncedSessionsParts) {
    this.document = new SecretDocument(parts.secrets, parts.log, sessionFormat(parts.methods ?? usualMethods));
  }

  onDidChange(listener: () => void): Unsubscribe {
    return this.parts.secrets.onDidChange((key) => {
      if (key === this.document.key) {
        listener();
      }
    });
  }

  /** Whether a look into the secret storage may find something. It may ask for the password of a keyring. */
  async mayBeThere(): Promise<boolean> {
    const { stateFile, remembered, distrustEmptyState } = this.parts;
    return mayHoldSessions(await stateFile.read(), remembered.recall(), distrustEmptyState);
  }

  /** Lets a later start know what is stored, also without `state.json`. */
  remember(document: SessionDocument): void {
    this.parts.remembered.keep(stateOf(document));
  }

  async read(): Promise<Stored<SessionDocument>> {
    try {
      return await this.document.read();
    } catch {
      throw new Failure('sessionsUnreadable');
    }
  }

  /**
   * What `secrets.store` wrote in another window is seen here only some 100 ms later: what was announced is waited for.
   *
   * @param knownStoreId the store whose sessions this window knows
   */
  async readSettled(knownStoreId: string | undefined): Promise<Stored<SessionDocument>> {
    const state = await this.parts.stateFile.read();
    this.announced = state;
    return await withDeadline(this.parts.clock, lateWritePatience, async (patience) => {
      for (;;) {
        const stored = await within(this.parts.clock, keyringPatience, this.read(), () => {
          throw new Failure('sessionsUnreadable');
        });
        const late =
          typeof state === 'object' &&
          (stored.kind === 'ok'
            ? stored.value.storeId === state.storeId && stored.value.revision < state.revision
            : stored.kind === 'absent' && state.sessions > 0 && knownStoreId !== state.storeId);
        if (!late || patience.aborted) {
          return stored;
        }
        await this.nextChange();
      }
    });
  }

  private async nextChange(): Promise<void> {
    let unsubscribe: Unsubscribe = () => undefined;
    const changed = new Promise<void>((resolve) => {
      unsubscribe = this.onDidChange(resolve);
    });
    await within(this.parts.clock, rereadInterval, changed, () => undefined);
    unsubscribe();
  }

  /** A revision that was announced and never came is used up: some window may have seen it. */
  nextRevision({ storeId, revision }: SessionDocument): number {
    const { announced } = this;
    const used = typeof announced === 'object' && announced.storeId === storeId ? announced.revision : 0;
    return Math.max(revision, used) + 1;
  }

  /** Removes the copies of damaged documents, whose tokens may still be good. Never throws. */
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

  /** @throws whatever the secret storage throws, which may quote what it was given: never to be shown or logged */
  async write(document: SessionDocument, turn: HeldLock | undefined): Promise<void> {
    await this.document.write(document);
    this.remember(document);
    // Who overslept says nothing: the next holder has announced a newer revision, or will. But where the file says that
    // there is nothing, the next start would not even look.
    const saysNothing = typeof this.announced !== 'object' || this.announced.sessions === 0;
    if (turn === undefined || saysNothing || (await turn.isHeld())) {
      await this.parts.stateFile.write(stateOf(document));
    }
  }
}

function stateOf({ storeId, revision, sessions, unreadable }: SessionDocument): State {
  return { storeId, revision, sessions: sessions.length + unreadable.length };
}
