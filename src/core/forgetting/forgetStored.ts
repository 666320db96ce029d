import type { Clock } from '../base/clock';
import { Failure, isFailure } from '../base/failure';
import type { ClientStore } from '../storage/clientStore';
import type { SecretStore } from '../storage/secretStore';
import type { SessionStore } from '../storage/sessionStore';

/** The one key that stays, with a document that holds no account: through it, other windows notice. */
const sessionsKey = 'sessions';
/** The other keys that may exist, for a VS Code that cannot list them. */
const knownKeys = ['clients', 'clients.damaged', 'sessions.damaged'];

export interface ForgetStoredParts {
  readonly store: SessionStore;
  readonly clients: ClientStore;
  readonly secrets: SecretStore;
  readonly clock: Clock;
}

/**
 * Removes every session, every client and whatever else is in the secret storage, including what this version cannot read
 * and what a newer one has written. Other windows notice, and write none of it again.
 *
 * @param otherKeys keys of the secret storage that the core does not know
 * @throws {Failure} `sessionsUnreadable` or `storeNotWritten`: then not everything is gone
 */
export async function forgetStored(
  { store, clients, secrets, clock }: ForgetStoredParts,
  otherKeys: readonly string[],
): Promise<void> {
  const now = clock.now();
  try {
    await store.forget(now).catch(async (error: unknown) => {
      if (!isFailure(error) || error.code !== 'storeNewer') {
        throw error;
      }
      await secrets.delete(sessionsKey);
      await store.forget(now);
    });
    await clients.forget();
    const listed = await secrets.keys?.();
    const keys = new Set([...knownKeys, ...otherKeys, ...(listed ?? [])]);
    keys.delete(sessionsKey);
    for (const key of keys) {
      await secrets.delete(key);
    }
  } catch (error) {
    throw isFailure(error) ? error : new Failure('storeNotWritten'); // an error of the secret storage may quote a secret
  }
  if (store.problem !== undefined) {
    throw new Failure(store.problem);
  }
}
