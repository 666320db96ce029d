import { sampleSession } from '../../fakes/sampleSession';
import type { Installation, TestCore } from '../../fakes/installation';

export const jane = sampleSession();
export const omar = sampleSession({ id: 'omar' });

/** A document as it is in the secret storage. */
export function document(revision: number, sessions: readonly unknown[], storeId = 'store'): string {
  return JSON.stringify({ version: 1, storeId, revision, sessions, unreadable: [] });
}

/** Puts a document and the state that announces it in place, as after a restart. */
export function hold(shared: Installation, text: string, revision = 1, sessions = 1, storeId = 'store'): void {
  shared.secrets.values.set('sessions', text);
  shared.stateFile.state = { storeId, revision, sessions };
}

export const ids = (core: TestCore) => core.store.sessions.map(({ id }) => id).toSorted();
export const add = (core: TestCore, session = jane) => core.store.change((sessions) => [...sessions, session]);
