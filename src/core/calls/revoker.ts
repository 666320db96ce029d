import { callWithDeadline } from '../base/deadline';
import { asFailure, Failure } from '../base/failure';
import type { HttpClient } from '../oauth/httpClient';
import type { Client } from '../oauth/client';
import { revoke } from '../oauth/revoke';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import { hostOf } from '../model/account';
import { clientIdOf, type Session } from '../model/session';

/** The time limit of one revocation (milliseconds). */
const revokeTimeout = 10_000;

/** What a revocation needs of the stored clients. */
export interface KnownClients {
  find(identityServer: string, clientId: string): Promise<Client | undefined>;
}

/** Revokes the tokens of a session at its identity server, as far as the server allows it. */
export class Revoker {
  constructor(
    private readonly http: HttpClient,
    private readonly clients: KnownClients,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Never throws: the session is removed here whatever the server answers. */
  async revoke(session: Session): Promise<'revoked' | Failure> {
    const { id, account, tokens } = session;
    const host = hostOf(account);
    try {
      const client = await this.clients.find(account.identityServer, clientIdOf(session));
      const token = tokens.refreshToken ?? tokens.accessToken;
      await callWithDeadline(this.clock, revokeTimeout, host, (signal) =>
        revoke(this.http, account.identityServer, client, token, signal),
      );
      this.log.info('revoke: done', { session: id });
      return 'revoked';
    } catch (error) {
      const failure = asFailure(error) ?? new Failure('sessionsUnreadable', { host });
      this.log.warn('revoke: failed', { session: id, code: failure.code });
      return failure;
    }
  }
}
