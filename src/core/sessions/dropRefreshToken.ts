import { Failure, isFailure } from '../base/failure';
import type { UnstoredTokens } from '../journal/unstoredTokens';
import type { Session } from '../model/session';
import { refreshTokenRejected } from '../model/transitions';
import type { SessionStore } from '../storage/sessionStore';
import { storedSession } from './storedSession';

/**
 * Drops a refresh token that the server has rejected for good, but only after a re-read: another window may have stored
 * a newer one, or written one to the journal.
 *
 * @param sent the session whose refresh token was sent
 * @param rejection what the server answered
 * @returns the session as it is stored now
 * @throws {Failure} `journalUnreadable` if the journal may contain a newer one
 */
export async function dropRefreshToken(
  { store, unstored }: { readonly store: SessionStore; readonly unstored: UnstoredTokens },
  sent: Session,
  rejection: Failure,
): Promise<Session> {
  await store.reloadSettled();
  await unstored.restore(storedSession(store, sent.id), 'fail').catch((error: unknown) => {
    throw isFailure(error) && error.code === 'journalUnreadable' ? withStatusOf(rejection, error) : error;
  });
  await store.update(
    (stored) => stored.id === sent.id,
    (stored) => refreshTokenRejected(stored, sent.tokens.refreshToken),
  );
  return storedSession(store, sent.id);
}

/** Adds the status, because the server did answer: after an hour of such answers the user is asked to sign in again. */
function withStatusOf({ status }: Failure, { code, nodeCode }: Failure): Failure {
  return new Failure(code, {
    ...(nodeCode === undefined ? {} : { nodeCode }),
    ...(status === undefined ? {} : { status }),
  });
}
