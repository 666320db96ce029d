import { Failure } from '../../src/core/base/failure';
import type { JournalEntry, Journal } from '../../src/core/journal/journal';
import type { Tokens } from '../../src/core/model/tokens';

/** The disk of an installation, without the encryption. */
export class FakeJournal implements Journal {
  readonly files = new Map<string, { readonly spent: string; readonly tokens: Tokens }>();
  /** Makes every read of an existing entry fail. */
  unreadable = false;

  put(sessionId: string, spent: string, tokens: Tokens): Promise<void> {
    this.files.set(sessionId, { spent, tokens });
    return Promise.resolve();
  }

  find(sessionId: string, spent: string): Promise<JournalEntry> {
    const file = this.files.get(sessionId);
    if (file !== undefined && this.unreadable) {
      return Promise.reject(new Failure('journalUnreadable', { nodeCode: 'EMFILE' }));
    }
    return Promise.resolve(file === undefined ? 'nothing' : file.spent === spent ? file.tokens : 'other');
  }

  remove(sessionId: string): Promise<void> {
    this.files.delete(sessionId);
    return Promise.resolve();
  }
}
