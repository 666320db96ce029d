import { asFailure, Failure } from '../base/failure';
import { once } from '../base/once';
import type { Journal } from './journal';

/**
 * The journal in this folder. The first refresh loads its code, because it looks for an entry before it may have to
 * write one.
 */
export function openJournal(folder: string): Journal {
  const loaded = once(async () => (await import('./journalFiles')).journalFiles(folder));
  return {
    put: async (sessionId, spent, tokens) => {
      await (await loaded()).put(sessionId, spent, tokens);
    },
    find: async (sessionId, spent) => {
      const journal = await loaded().catch((error: unknown) => {
        throw asFailure(error) ?? new Failure('journalUnreadable'); // there may be an entry
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
