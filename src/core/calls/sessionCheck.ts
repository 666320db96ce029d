import { Failure } from '../base/failure';
import { hostOf } from '../model/account';
import { accountKind } from '../model/accountKind';
import { clientIdOf, type Session } from '../model/session';
import type { Client } from '../oauth/client';
import { checkThroughAny } from './checkThroughAny';
import type { TokenChecks } from './tokenChecks';

/** What a check needs of the stored clients. */
export interface ClientsToAskWith {
  find(identityServer: string, clientId: string): Promise<Client | undefined>;
  list(identityServer: string): Promise<readonly Client[]>;
}

/** Asks identity servers whether the token of a session is valid. */
export class SessionCheck {
  constructor(
    private readonly checks: TokenChecks,
    private readonly clients: ClientsToAskWith,
  ) {}

  /** @throws {Failure} if the identity server does not say */
  async isValid(session: Session): Promise<boolean> {
    return accountKind(session.account).knowsClient ? await this.check(session) : await this.checkThroughAny(session);
  }

  private async check(session: Session): Promise<boolean> {
    const { account, tokens } = session;
    const client = await this.clients.find(account.identityServer, clientIdOf(session));
    if (client === undefined) {
      throw new Failure('clientUnknown', { host: hostOf(account) });
    }
    return (await this.checks.check(account.identityServer, client, tokens.accessToken)) !== 'notValid';
  }

  private async checkThroughAny({ account, tokens }: Session): Promise<boolean> {
    const clients = await this.clients.list(account.identityServer);
    const answer = await checkThroughAny(this.checks, account.identityServer, clients, tokens.accessToken);
    if (answer === 'noClient') {
      throw new Failure('pastedNotChecked', { host: hostOf(account) });
    }
    return answer !== 'notValid';
  }
}
