import { changesBetween, type Changes } from '../model/changes';
import { Emitter, type Unsubscribe } from '../base/emitter';
import type { Log } from '../base/log';
import type { Tokens } from '../model/tokens';
import type { Stored } from './secretDocument';
import type { Session } from '../model/session';
import type { SessionDocument } from './sessionDocument';

/** Why the stored sessions are not all known. */
type ReadingProblem = 'sessionsUnreadable' | 'storeDamaged' | 'storeNewer';

/** Tokens that could not be written to the secret storage. */
export interface Unstored {
  /** The stored refresh token, which these tokens replace. */
  readonly spent: string;
  readonly tokens: Tokens;
}

/** The stored sessions as this window knows them. Notifies listeners of every change, whichever window made it. */
export class KnownSessions {
  /** Fires with the differences after a read or a write. */
  readonly onDidChange: (listener: (changes: Changes) => void) => Unsubscribe;
  problem: ReadingProblem | undefined;

  private readonly changes: Emitter<Changes>;
  private current: SessionDocument | undefined;
  /** The sessions in the secret storage, as far as this window knows. */
  private stored: readonly Session[] = [];

  /** @param onOwnChange is called with what this window has changed */
  constructor(
    private readonly log: Log,
    private readonly onOwnChange: (changes: Changes) => void = () => undefined,
  ) {
    this.changes = new Emitter(() => {
      log.warn('sessions: a listener failed');
    });
    this.onDidChange = this.changes.on;
  }

  /** The document that was last read or written, with the changes that could not be written. */
  get document(): SessionDocument | undefined {
    return this.current;
  }

  get sessions(): readonly Session[] {
    return this.current?.sessions ?? [];
  }

  find(id: string): Session | undefined {
    return this.sessions.find((session) => session.id === id);
  }

  /** A session's tokens, if they could not be written. Undefined if their refresh token is the stored one. */
  unstoredTokens(id: string): Unstored | undefined {
    const spent = this.stored.find((session) => session.id === id)?.tokens.refreshToken;
    const tokens = this.find(id)?.tokens;
    return spent === undefined || tokens === undefined || tokens.refreshToken === spent ? undefined : { spent, tokens };
  }

  /**
   * Takes over what was read. Only a document replaces the known sessions: a missing document is not a sign-out, and
   * this window writes what it knows with its next change. A revision older than the known one is a late event and is
   * ignored.
   *
   * @param withUnwritten adds the changes that could not be written
   * @returns the document that was taken over
   */
  adopt(
    read: Stored<SessionDocument>,
    withUnwritten: (document: SessionDocument) => SessionDocument,
    how: 'silent' | 'notify',
  ): SessionDocument | undefined {
    this.problem = problemAfter(this.problem, read.kind);
    if (read.kind !== 'ok') {
      return undefined;
    }
    const found = withUnwritten(read.value);
    const isForgotten = (found.forgottenAt ?? 0) > (this.current?.forgottenAt ?? 0); // then no revision of ours counts
    if (!isForgotten && found.storeId === this.current?.storeId && found.revision < this.current.revision) {
      return undefined;
    }
    this.stored = read.value.sessions;
    this.show(found, how);
    return read.value;
  }

  /** Call this after a write, before `show`. */
  recordWritten({ sessions }: SessionDocument): void {
    this.stored = sessions;
    this.problem = undefined;
  }

  show(document: SessionDocument, how: 'silent' | 'notify' | 'own'): void {
    const before = this.sessions;
    this.current = document;
    const changes = how === 'silent' ? undefined : changesBetween(before, this.sessions);
    if (changes !== undefined) {
      const { added, removed, changed } = changes;
      this.log.info('sessions: changed', {
        added: added.length,
        removed: removed.length,
        changed: changed.length,
        revision: document.revision,
      });
      if (how === 'own') {
        this.onOwnChange(changes);
      }
      this.changes.emit(changes);
    }
  }
}

/** A damaged document is a problem until a good one replaces it; any read clears the other problems. */
function problemAfter(before: ReadingProblem | undefined, read: Stored<unknown>['kind']): ReadingProblem | undefined {
  switch (read) {
    case 'newer':
      return 'storeNewer';
    case 'damaged':
      return 'storeDamaged';
    case 'absent':
      return before === 'storeDamaged' ? before : undefined;
    case 'ok':
      return undefined;
  }
}
