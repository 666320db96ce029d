import { changesBetween, type Changes } from '../model/changes';
import { Emitter, type Unsubscribe } from '../base/emitter';
import type { Log } from '../base/log';
import type { Tokens } from '../model/tokens';
import type { Stored } from './secretDocument';
import type { Session } from '../model/session';
import type { SessionDocument } from './sessionDocument';

/** Why the stored sessions are not all known. */
type ReadingProblem = 'sessionsUnreadable' | 'storeDamaged' | 'storeNewer';

/** Tokens that the secret storage did not take. */
export interface Unstored {
  /** The refresh token that is stored in their place. */
  readonly spent: string;
  readonly tokens: Tokens;
}

/** What this window knows of the stored sessions. Notifies listeners of every change, whichever window made it. */
export class KnownSessions {
  /** Reports what differs after a reading or a write. */
  readonly onDidChange: (listener: (changes: Changes) => void) => Unsubscribe;
  problem: ReadingProblem | undefined;

  private readonly changes: Emitter<Changes>;
  private current: SessionDocument | undefined;
  /** The sessions as the secret storage holds them, as far as this window knows. */
  private stored: readonly Session[] = [];

  constructor(private readonly log: Log) {
    this.changes = new Emitter(() => {
      log.warn('sessions: a listener failed');
    });
    this.onDidChange = this.changes.on;
  }

  /** What was last read or written, with what could not be written. */
  get document(): SessionDocument | undefined {
    return this.current;
  }

  get sessions(): readonly Session[] {
    return this.current?.sessions ?? [];
  }

  find(id: string): Session | undefined {
    return this.sessions.find((session) => session.id === id);
  }

  /** What could not be written of a session's tokens. Undefined where their refresh token is the stored one. */
  unstoredTokens(id: string): Unstored | undefined {
    const spent = this.stored.find((session) => session.id === id)?.tokens.refreshToken;
    const tokens = this.find(id)?.tokens;
    return spent === undefined || tokens === undefined || tokens.refreshToken === spent ? undefined : { spent, tokens };
  }

  /**
   * Takes over what was read. Only a document replaces what is known: its absence is no sign-out, and what this window knows
   * is written with its next change. A revision older than the one known is a late echo, and ignored.
   *
   * @param withUnwritten adds the changes that could not be written
   * @returns the document that was taken over
   */
  adopt(
    read: Stored<SessionDocument>,
    withUnwritten: (document: SessionDocument) => SessionDocument,
    how: 'silently' | 'aloud',
  ): SessionDocument | undefined {
    this.problem = problemAfter(this.problem, read.kind);
    if (read.kind !== 'ok') {
      return undefined;
    }
    const found = withUnwritten(read.value);
    if (found.storeId === this.current?.storeId && found.revision < this.current.revision) {
      return undefined;
    }
    this.stored = read.value.sessions;
    this.show(found, how);
    return read.value;
  }

  /** To be called after a write, before `show`. */
  noteWritten({ sessions }: SessionDocument): void {
    this.stored = sessions;
    this.problem = undefined;
  }

  show(document: SessionDocument, how: 'silently' | 'aloud' = 'aloud'): void {
    const before = this.sessions;
    this.current = document;
    const changes = how === 'aloud' ? changesBetween(before, this.sessions) : undefined;
    if (changes !== undefined) {
      const { added, removed, changed } = changes;
      this.log.info('sessions: changed', {
        added: added.length,
        removed: removed.length,
        changed: changed.length,
        revision: document.revision,
      });
      this.changes.emit(changes);
    }
  }
}

/** A damaged document stays a problem until a good one takes its place; the others pass with any reading. */
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
