import { once } from '../base/once';
import type { HistoryFileParts } from './historyFile';
import { noHistory, type History } from './history';

/** The history in this folder. The first entry loads its code. */
export function openHistory(parts: HistoryFileParts): History {
  const loaded = once(async () => (await import('./historyFile')).historyFile(parts));
  let recorded: Promise<void> | undefined;
  const opened = (): Promise<History> => loaded().catch(() => noHistory); // an update removed this version's files
  return {
    record(entry) {
      recorded = opened().then((file) => {
        file.record(entry);
      });
    },
    async read() {
      await recorded;
      return await (await opened()).read();
    },
    async settled() {
      if (recorded !== undefined) {
        await recorded;
        await (await opened()).settled();
      }
    },
    async forget() {
      await (await loaded()).forget();
    },
  };
}
