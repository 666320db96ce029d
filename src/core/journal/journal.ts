import { Failure } from '../base/failure';
import { once } from '../base/once';
import type { Tokens } from '../model/tokens';

/** What the journal has for a refresh token. `other`: an entry for another refresh token, or none of ours. */
export type JournalEntry = Tokens | 'nothing' | 'other';

/**
 * The journal: tokens that the secret storage did not take. When a window closes, VS Code cuts off the secret storage
 * first and lets extensions finish afterwards (`AbstractExtHostExtensionService.terminate`); only the disk is left then.
 */
export interface Journal {
  /**
   * @param spent the refresh token that these came for, which is what is stored
   */
  put(sessionId: string, spent: string, tokens: Tokens): Promise<void>;
  /**
   * What was put there for this refresh token. Removes nothing: it may be the only copy of a token.
   *
   * @throws {Failure} `journalUnreadable` where there is something that cannot be read now
   */
  find(sessionId: string, spent: string): Promise<JournalEntry>;
  /** Never throws. */
  remove(sessionId: string): Promise<void>;
}

export const noJournal: Journal = {
  put: () => Promise.resolve(),
  find: () => Promise.resolve('nothing'),
  remove: () => Promise.resolve(),
};

/** The journal in this folder. Its code is loaded by the first refresh, which looks for an entry, before one can be needed. */
export function openJournal(folder: string): Journal {
  const loaded = once(async () => (await import('./journalFiles')).journalFiles(folder));
  return {
    put: async (sessionId, spent, tokens) => {
      await (await loaded()).put(sessionId, spent, tokens);
    },
    find: async (sessionId, spent) => {
      const journal = await loaded().catch(() => {
        throw new Failure('journalUnreadable'); // an update has removed this version's files, and an entry may be there
      });
      return await journal.find(sessionId, spent);
    },
    remove: async (sessionId) => {
      await loaded().then(
        (journal) => journal.remove(sessionId),
        () => undefined,
      );
    },
  };
}
