import type { HistoryEntry } from './entry';

/** What happened to the sessions in the last 28 days, in all windows. */
export interface History {
  /** Returns at once: the entry is written later, and may be lost with the window. */
  record(entry: HistoryEntry): void;
  /** The entries, oldest first, and at the end one for the reading itself. Never throws: what cannot be read is left out. */
  read(): Promise<readonly HistoryEntry[]>;
  /** Resolves when everything that was recorded is written, or cannot be. */
  settled(): Promise<void>;
  /**
   * Removes the history of all windows.
   *
   * @throws Node's error
   */
  forget(): Promise<void>;
}

/** For a VS Code without a file system. */
export const noHistory: History = {
  record: () => undefined,
  read: () => Promise.resolve([]),
  settled: () => Promise.resolve(),
  forget: () => Promise.resolve(),
};
