import type { GrantedSignIn } from '../model/transitions';
import type { Client } from '../oauth/client';
import { Failure } from '../base/failure';
import { identityProviderGrant } from '../oauth/identityProviderGrant';
import { oneTimeCodeGrant } from '../oauth/oneTimeCodeGrant';
import { passwordGrant } from '../oauth/passwordGrant';
import type { OneTimeCodeNeeded } from '../oauth/tokenResponse';
import { hostOf, type Account } from '../model/account';
import type { Clock } from '../base/clock';
import type { SignInMethod } from '../model/session';
import type { TokenCallResult, TokenCalls } from './tokenCalls';

/** A sign-in that the identity server granted; `Sessions.add` makes a session of it. */
export interface SignedIn extends GrantedSignIn {
  readonly kind: 'signedIn';
}

/** The password was right; a code is asked for next. */
export interface CodeNeeded {
  readonly kind: 'codeNeeded';
  readonly account: Account;
  readonly method: SignInMethod;
  readonly deliveredBy: OneTimeCodeNeeded['deliveredBy'];
  /** When the identity server stops accepting codes, milliseconds since 1970. */
  readonly endsAt: number;
  readonly stateToken: string;
}

/**
 * The steps of a password sign-in at one identity server through one client. Each call sends one request, and a
 * password is sent once per call: five wrong ones lock the account. Stores no password and no code.
 */
export class SignInAttempt {
  constructor(
    private readonly calls: TokenCalls,
    private readonly clock: Clock,
    readonly identityServer: string,
    private readonly client: Client,
  ) {}

  /** @throws {Failure} `wrongPassword`, `accountLocked`, `clientRejected`, or a temporary failure */
  async sendPassword(
    method: SignInMethod,
    user: string,
    password: string,
    signal: AbortSignal,
  ): Promise<SignedIn | CodeNeeded> {
    const name = user.trim();
    const grant =
      method.kind === 'password'
        ? passwordGrant(name, password)
        : identityProviderGrant(method.idpSystem, name, password);
    const result = await this.calls.request(this.identityServer, this.client, grant, { signal });
    const account = { identityServer: this.identityServer, clientId: this.client.id, user: name };
    return this.outcome(account, method, result);
  }

  /**
   * A wrong code leaves the state as it is: the next code needs no password.
   *
   * @throws {Failure} `wrongCode`, `codeExpired`, `accountLocked`, or a temporary failure
   */
  async sendCode(needed: CodeNeeded, code: string, signal: AbortSignal): Promise<SignedIn | CodeNeeded> {
    if (this.clock.now() >= needed.endsAt) {
      throw new Failure('codeExpired', { host: hostOf(this) });
    }
    const grant = oneTimeCodeGrant(needed.stateToken, code.replace(/\s/g, ''));
    const result = await this.calls.request(this.identityServer, this.client, grant, { signal });
    return this.outcome(needed.account, needed.method, result);
  }

  private outcome(
    account: Account,
    method: SignInMethod,
    { answer, startedAt }: TokenCallResult,
  ): SignedIn | CodeNeeded {
    if (answer.kind === 'granted') {
      return { kind: 'signedIn', account, method, answer, startedAt: startedAt() };
    }
    return {
      kind: 'codeNeeded',
      account,
      method,
      deliveredBy: answer.deliveredBy,
      endsAt: startedAt() + answer.expiresIn * 1000,
      stateToken: answer.stateToken,
    };
  }
}
