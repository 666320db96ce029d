import type { Cause } from '../../src/core/history/signedOut';
import { type Identity, newIdentity } from '../identity/identity';
import type { Policy } from '../identity/policy';
import type { ClientAuthentication } from '../identity/clients';
import { clientLogin, pastedLogin, passwordLogin, type Login } from './logins';

export const identityServer = 'https://auth.reltio.com';

interface ServerOptions {
  readonly policy: Partial<Policy>;
  /** Users who sign in with their password. */
  readonly users: number;
  /** Clients that sign in without a user. */
  readonly clients: number;
  /** Of the users, those who also paste a token of another tool. */
  readonly pasted: number;
  readonly clientsAuthenticateBy: ClientAuthentication;
}

/** What only the identity server knows: which tokens it accepts. */
export class Server {
  readonly identity: Identity;
  readonly logins: readonly Login[];
  /** Access tokens that were made to expire early. */
  private readonly expiredEarly = new Set<string>();
  /** Why it stopped accepting a token of either kind before the token's expiry. */
  readonly ended = new Map<string, Cause>();
  /** When each user last used a token, as the server sees it. */
  private readonly usedAt = new Map<string, number>();
  /** The user of every refresh token ever issued. */
  private readonly owners = new Map<string, string>();

  constructor(
    private readonly now: () => number,
    { policy, users, clients, pasted, clientsAuthenticateBy }: ServerOptions,
  ) {
    this.identity = newIdentity(now, policy, () => undefined);
    const { identity } = this;
    this.noteRevocations();
    const numbers = (count: number): number[] => Array.from({ length: count }, (_, number) => number);
    const everyUser = numbers(Math.max(users, pasted)).map((number) =>
      identity.users.add({ name: `user${number}@acme.com`, password: `password-${number}` }),
    );
    const everyClient = numbers(clients).map((number) =>
      identity.clients.add(`batch${number}`, `secret-${number}`, {
        grants: ['client_credentials'],
        authenticatesBy: [clientsAuthenticateBy],
      }),
    );
    this.logins = [
      ...everyUser.slice(0, users).map((user) => passwordLogin(identityServer, identity.clients.documented, user)),
      ...everyClient.map((client) => clientLogin(identityServer, client)),
      ...everyUser.slice(0, pasted).map((user) => pastedLogin(identityServer, user)),
    ];
  }

  recordOwner(refreshToken: string, userName: string): void {
    this.owners.set(refreshToken, userName);
    this.used(userName);
  }

  ownerOf(refreshToken: string): string | undefined {
    return this.owners.get(refreshToken);
  }

  /** Whether it accepts this refresh token now. */
  accepts(refreshToken: string): boolean {
    const login = this.identity.tokens['byRefresh'].get(refreshToken);
    return login !== undefined && login.refreshExpiresAt > this.now();
  }

  isValid(accessToken: string): boolean {
    return this.identity.tokens.find(accessToken) !== undefined;
  }

  /** For how many milliseconds an access token is still valid; 0 if it is not. */
  validFor(accessToken: string): number {
    const found = this.identity.tokens.find(accessToken);
    return found === undefined ? 0 : found.accessExpiresAt - this.now();
  }

  /** For how many milliseconds an access token has been expired; 0 if it was made to expire early. */
  expiredFor(accessToken: string): number {
    const found = this.identity.tokens['byAccess'].get(accessToken);
    return found === undefined || this.expiredEarly.has(accessToken)
      ? 0
      : Math.max(this.now() - found.access.expiresAt, 0);
  }

  /**
   * Another tool that uses the same login makes the access tokens expire, as Reltio's pages say can happen. What an
   * administrator changes of a client does the same.
   */
  expireAccessEarly(login: Login): void {
    const { tokens } = this.identity;
    const user = login.kind === 'clientCredentials' ? tokens['ofClients'].get(login.client)?.user : login.user;
    if (user === undefined) {
      return; // this client has not signed in yet
    }
    for (const [token, held] of tokens['byAccess']) {
      if (held.login.user === user) {
        this.expiredEarly.add(token);
        this.ended.set(token, login.kind === 'clientCredentials' ? 'revokedElsewhere' : 'anotherLogin');
      }
    }
    tokens.expireAccess(user);
  }

  invalidateRefresh(login: Login): void {
    if (login.kind !== 'clientCredentials') {
      for (const [token, { user }] of this.identity.tokens['byRefresh']) {
        if (user === login.user) {
          this.ended.set(token, 'revokedElsewhere');
        }
      }
      this.identity.tokens.invalidateRefresh(login.user);
    }
  }

  /** Another tool gets a token for itself: of the same client, or for the same user through a client of its own. */
  tokenOfAnotherTool(login: Login): { readonly accessToken: string; readonly expiresIn: number } | undefined {
    const { tokens, clients } = this.identity;
    const pair =
      login.kind === 'clientCredentials' ? tokens.signInClient(login.client) : tokens.signIn(login.user, clients.own);
    return pair === 'quotaUsedUp'
      ? undefined
      : { accessToken: pair.accessToken, expiresIn: Math.floor(this.validFor(pair.accessToken) / 1000) };
  }

  /** A user works with a token, so an idle policy counts from now on. */
  used(userName: string): void {
    this.usedAt.set(userName, this.now());
  }

  /** An administrator, or another program, revokes every token of a user. */
  revokeElsewhere(login: Login, cause: Cause = 'revokedElsewhere'): void {
    if (login.kind === 'clientCredentials') {
      return;
    }
    const { tokens, clients } = this.identity;
    for (const [token, { user, client, access }] of [...tokens['byRefresh']]) {
      if (user === login.user && (cause !== 'idlePolicy' || client === clients.documented)) {
        [token, access?.value ?? token].forEach((one) => this.ended.set(one, cause));
        tokens.revoke(token);
      }
    }
  }

  /** Ends the sessions that were not used for this long. */
  endIdle(milliseconds: number): void {
    for (const login of this.logins.filter(({ kind }) => kind === 'password')) {
      const usedAt = this.usedAt.get(login.account.user ?? '');
      if (usedAt !== undefined && this.now() - usedAt > milliseconds) {
        this.usedAt.delete(login.account.user ?? '');
        this.revokeElsewhere(login, 'idlePolicy');
      }
    }
  }

  /** Another program signs in as the same user through the same client, and refreshes what it gets. */
  useElsewhere(login: Login): void {
    const { tokens, clients } = this.identity;
    if (login.kind !== 'password') {
      return;
    }
    const pair = tokens.signIn(login.user, clients.documented);
    if (pair.refreshToken === undefined) {
      return;
    }
    const before = new Set(tokens['byRefresh'].keys());
    tokens.refresh(pair.refreshToken, clients.documented);
    for (const token of before) {
      if (!tokens['byRefresh'].has(token)) {
        this.ended.set(token, 'anotherLogin');
      }
    }
  }

  /** An administrator gives a client another secret, which its user knows at once. */
  changeClient(login: Login): void {
    if (login.kind === 'clientCredentials') {
      this.identity.clients.changeSecret(login.client);
      this.identity.tokens.revokeOfClient(login.client);
    }
  }

  /** Why it refuses a refresh token. */
  whyRefused(refreshToken: string): Cause {
    const known = this.identity.tokens['byRefresh'].has(refreshToken);
    return this.ended.get(refreshToken) ?? (known ? 'expired' : 'lostAnswer');
  }

  /** Nobody but the extension sends a revocation. */
  private noteRevocations(): void {
    const { tokens } = this.identity;
    const revoke = tokens.revoke.bind(tokens);
    tokens.revoke = (token) => {
      const access = tokens['byRefresh'].get(token)?.access?.value ?? token;
      [token, access].filter((one) => !this.ended.has(one)).forEach((one) => this.ended.set(one, 'revokedHere'));
      revoke(token);
    };
  }
}
