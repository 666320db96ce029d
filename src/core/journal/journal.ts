import type { Tokens } from '../model/tokens';

/** What the journal has for a refresh token. `other`: an entry for another refresh token, or a file that is not ours. */
export type JournalEntry = Tokens | 'nothing' | 'other';

/**
 * Keeps tokens that could not be written to the secret storage. When a window closes, VS Code cuts off the secret
 * storage first and lets extensions finish afterwards (`AbstractExtHostExtensionService.terminate`); only the disk can
 * be written then.
 */
export interface Journal {
  /** @param spent the refresh token that these tokens replaced, which is the stored one */
  put(sessionId: string, spent: string, tokens: Tokens): Promise<void>;
  /**
   * The tokens that replaced this refresh token. Removes nothing: the entry may be the only copy of a token.
   *
   * @throws {Failure} `journalUnreadable` if there may be an entry that cannot be read now
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
