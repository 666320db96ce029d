import type { Clock } from '../../core/base/clock';
import type { SecretStore } from '../../core/storage/secretStore';

/** While VS Code asks its server for the key (milliseconds). */
const afterFirst = 1_000;
/** While it encrypts (milliseconds). */
const afterOther = 100;

/**
 * Leaves time between two writes, for VS Code in a browser. There, `store` and `delete` resolve before anything is saved: each
 * encrypts all secrets anew and waits for nothing, and the first one asks the server for a key. If two were under way, the
 * earlier could be saved last, and a reload would bring back its secrets: an account would be signed out, or one be there again
 * that was forgotten. See `LocalStorageSecretStorageProvider` of VS Code, src/vs/code/browser/workbench/workbench.ts.
 */
export function spacedWrites(secrets: SecretStore, clock: Pick<Clock, 'after'>): SecretStore {
  let turn = Promise.resolve();
  let space = afterFirst;
  const ownTurn = (): Promise<void> => {
    const mine = turn;
    turn = mine.then(async () => {
      const wait = space;
      space = afterOther;
      await new Promise<void>((resolve) => {
        clock.after(wait, resolve);
      });
    });
    return mine;
  };
  return {
    get: (key) => secrets.get(key),
    ...(secrets.keys === undefined ? {} : { keys: secrets.keys }),
    onDidChange: (listener) => secrets.onDidChange(listener),
    store: async (key, value) => {
      await ownTurn();
      await secrets.store(key, value);
    },
    delete: async (key) => {
      await ownTurn();
      await secrets.delete(key);
    },
  };
}
