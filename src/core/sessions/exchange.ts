import type { Clock } from '../base/clock';
import { Failure } from '../base/failure';
import { withEitherAuthentication } from '../calls/eitherAuthentication';
import type { TokenCallResult, TokenCalls } from '../calls/tokenCalls';
import type { UnstoredTokens } from '../journal/unstoredTokens';
import type { HeldLock } from '../locking/lock';
import { accountId, hostOf } from '../model/account';
import { signInRequired } from '../model/signInRequired';
import { receive } from '../model/receive';
import { clientIdOf, type Session } from '../model/session';
import { howItRefreshes } from '../model/refreshMeans';
import { refreshed } from '../model/transitions';
import type { Client } from '../oauth/client';
import { clientCredentialsGrant, grantTraits, refreshTokenGrant } from '../oauth/grants';
import type { ClientStore } from '../storage/clientStore';
import type { SessionStore } from '../storage/sessionStore';
import type { OngoingRefresh } from './ongoingRefresh';
import { storedSession } from './storedSession';

/** Another window may be refreshing by now, so nothing was sent. */
class LockLost extends Error {}

export interface ExchangeParts {
  readonly store: SessionStore;
  readonly clients: ClientStore;
  readonly calls: Pick<TokenCalls, 'request'>;
  readonly unstored: UnstoredTokens;
  readonly clock: Clock;
}

/** Exchanges the refresh token of a session for new tokens, and stores them. */
export class Exchange {
  constructor(private readonly parts: ExchangeParts) {}

  /**
   * @returns `lockLost` if nothing was sent, because another window has the lock of the account
   * @throws {Failure}
   */
  async run(session: Session, lock: HeldLock, ongoing: OngoingRefresh): Promise<Session | 'lockLost'> {
    try {
      return await this.exchanged(session, lock, ongoing);
    } catch (error) {
      if (error instanceof LockLost) {
        return 'lockLost';
      }
      throw error;
    }
  }

  private async exchanged(session: Session, lock: HeldLock, ongoing: OngoingRefresh): Promise<Session> {
    const { store, calls, clients, unstored, clock } = this.parts;
    const { account, tokens } = session;
    const host = hostOf(account);
    const means = howItRefreshes(session);
    if (means.kind === 'none') {
      throw signInRequired(session);
    }
    const client = await clients.find(account.identityServer, clientIdOf(session));
    if (client === undefined) {
      throw new Failure('clientUnknown', { host });
    }
    ongoing.timeoutCode = 'timeout';
    ongoing.held = tokens;
    const grant = means.kind === 'refreshToken' ? refreshTokenGrant(means.refreshToken) : clientCredentialsGrant();
    const send = (as: Client): Promise<TokenCallResult> =>
      calls.request(account.identityServer, as, grant, { beforeSending: () => mustBeHeld(lock) });
    const sent =
      ongoing.reason === 'newSecret' && grantTraits[grant.kind].isForOwnClients === true
        ? await withEitherAuthentication(client, send)
        : { result: await send(client), client };
    const { answer, startedAt } = sent.result;
    ongoing.timeoutCode = 'sessionsUnreadable';
    if (answer.kind !== 'granted') {
      throw new Failure('badAnswer', { host });
    }
    // A sign-in meanwhile may have returned the same refresh token, under another session id. Another account may happen to
    // have the same refresh token too.
    const matches = (stored: Session): boolean =>
      stored.id === session.id ||
      (means.kind === 'refreshToken' &&
        stored.tokens.refreshToken === means.refreshToken &&
        accountId(stored.account) === accountId(account));
    // Stored before any caller gets it: a rotated refresh token that is not stored is lost when the window closes.
    await store.updateNowOrLater(matches, (stored) =>
      refreshed(stored, { sent: tokens, answer, startedAt: startedAt() }, clock.now()),
    );
    await unstored.save(session);
    const stored = store.find(session.id);
    ongoing.held = stored?.tokens ?? tokens;
    if (stored !== undefined && sent.client !== client) {
      await clients.save(account.identityServer, sent.client, startedAt()); // its secret may have been forgotten with the session
    }
    if (stored === undefined) {
      ongoing.orphaned = { ...session, tokens: receive(tokens, answer, startedAt()) };
    }
    return storedSession(store, session.id);
  }
}

async function mustBeHeld(lock: HeldLock): Promise<void> {
  if (!(await lock.isHeld())) {
    throw new LockLost();
  }
}
