import type { GrantedSignIn } from '../model/transitions';
import type { Client } from '../oauth/client';
import { Failure } from '../base/failure';
import { grantTraits, oneTimeCodeGrant } from '../oauth/grants';
import type { OneTimeCodeNeeded } from '../oauth/tokenResponse';
import { hostOf, type Account } from '../model/account';
import type { Clock } from '../base/clock';
import { methodOf, type CoreMethod, type Credentials, type SignInMethod } from '../model/signInMethod';
import { withEitherAuthentication } from './eitherAuthentication';
import type { TokenCallResult, TokenCalls } from './tokenCalls';

/** A sign-in that the identity server granted; `Sessions.add` makes a session of it. */
export interface SignedIn extends GrantedSignIn {
  readonly kind: 'signedIn';
  /** The client as the identity server accepts it; missing if none was needed. */
  readonly client?: Client;
}

/** The password is right; the identity server asks for a one-time code next. */
export interface CodeNeeded {
  readonly kind: 'codeNeeded';
  readonly account: Account;
  readonly method: SignInMethod;
  readonly deliveredBy: OneTimeCodeNeeded['deliveredBy'];
  /** When the identity server stops accepting codes, milliseconds since 1970. */
  readonly expiresAt: number;
  readonly stateToken: string;
}

/**
 * A sign-in at one identity server through one client. Each call sends one request, and no secret is sent again
 * automatically, except that of a client which the server rejects in the header: five wrong passwords lock the account.
 * Keeps no password and no code.
 */
export class SignInAttempt {
  constructor(
    private readonly calls: Pick<TokenCalls, 'request'>,
    private readonly clock: Clock,
    private readonly methods: readonly CoreMethod[],
    readonly identityServer: string,
    private readonly client: Client,
  ) {}

  /** @throws {Failure} `wrongPassword`, `accountLocked`, `clientRejected`, or a temporary failure */
  async send(
    method: SignInMethod,
    { user, ...rest }: Credentials,
    signal: AbortSignal,
  ): Promise<SignedIn | CodeNeeded> {
    const named = user === undefined ? {} : { user: user.trim() };
    const grant = methodOf(this.methods, method).grant?.(method, { ...rest, ...named });
    if (grant === undefined) {
      throw new Error('This sign-in method sends no request.');
    }
    const send = (client: Client): Promise<TokenCallResult> =>
      this.calls.request(this.identityServer, client, grant, { signal });
    const { result, client } =
      grantTraits[grant.kind].isForOwnClients === true
        ? await withEitherAuthentication(this.client, send)
        : { result: await send(this.client), client: this.client };
    const account = { identityServer: this.identityServer, clientId: client.id, ...named };
    return this.outcome(account, method, client, result);
  }

  /**
   * After a wrong code, another code can be sent without the password.
   *
   * @throws {Failure} `wrongCode`, `codeExpired`, `accountLocked`, or a temporary failure
   */
  async sendCode(needed: CodeNeeded, code: string, signal: AbortSignal): Promise<SignedIn | CodeNeeded> {
    if (this.clock.now() >= needed.expiresAt) {
      throw new Failure('codeExpired', { host: hostOf(this) });
    }
    const grant = oneTimeCodeGrant(needed.stateToken, code.replace(/\s/g, ''));
    const result = await this.calls.request(this.identityServer, this.client, grant, { signal });
    return this.outcome(needed.account, needed.method, this.client, result);
  }

  private outcome(
    account: Account,
    method: SignInMethod,
    client: Client,
    { answer, startedAt }: TokenCallResult,
  ): SignedIn | CodeNeeded {
    if (answer.kind === 'granted') {
      const { renewal } = methodOf(this.methods, method);
      return { kind: 'signedIn', account, method, renewal, client, answer, startedAt: startedAt() };
    }
    return {
      kind: 'codeNeeded',
      account,
      method,
      deliveredBy: answer.deliveredBy,
      expiresAt: startedAt() + answer.expiresIn * 1000,
      stateToken: answer.stateToken,
    };
  }
}
