import { Failure } from '../base/failure';
import type { Session } from '../model/session';
import type { SessionStore } from '../storage/sessionStore';

/**
 * The session as this window knows it now.
 *
 * @throws {Failure} `signedOut`
 */
export function storedSession(store: SessionStore, id: string): Session {
  const session = store.find(id);
  if (session === undefined) {
    throw new Failure('signedOut');
  }
  return session;
}
