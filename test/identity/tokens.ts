import type { Client } from './clients';
import type { Clock } from './clock';
import { clientUser } from './clientUser';
import type { Route } from './codes';
import type { Access, Login } from './login';
import type { Policy } from './policy';
import { newTokenText } from './tokenText';
import type { User } from './users';

/** What a login or a refresh returns; `accessExpiresAt` is in milliseconds. */
export interface Pair {
  readonly accessToken: string;
  readonly accessExpiresAt: number;
  /** Missing after a refresh under `noRefreshToken`, and for the token of a client. */
  readonly refreshToken?: string;
  readonly user: User;
  readonly client: Client;
  readonly route: Route;
}

/** Why a refresh token is refused. */
export type Refusal = 'unknown' | 'expired' | 'wrongClient';

/** Every token this server has issued, and to whom. */
export class Tokens {
  /** Every token of either kind issued so far, valid or not. */
  readonly issued: string[] = [];
  /** The server's own address, which tokens may contain. */
  address = '';
  private readonly byRefresh = new Map<string, Login>();
  private readonly ofClients = new Map<Client, Login>();
  private readonly byAccess = new Map<string, { login: Login; access: Access }>();
  /** The tokens of each client itself that were not revoked, without those whose expiry the quota has already noticed. */
  private readonly counted = new Map<Login, Set<Access>>();

  constructor(
    private readonly clock: Clock,
    private readonly policy: Policy,
  ) {}

  /** A pair for a user who has just authenticated. */
  signIn(user: User, client: Client, route: Route = 'identityServer'): Pair {
    const earlier = this.policy.secondLoginReturns === 'samePair' ? this.validLogin(user, client, route) : undefined;
    if (!earlier) {
      return this.startLogin({ user, client, route }, this.newToken(user), this.newToken(user));
    }
    return this.pair(earlier, this.isReturned(earlier.access) ? earlier.access : this.issueAccess(earlier));
  }

  /** Starts a login with given tokens: those that a page prints, or a canary. The policy sets their lifetimes. */
  startLogin(whose: Pick<Login, 'user' | 'client' | 'route'>, accessToken: string, refreshToken: string): Pair {
    const refreshExpiresAt = this.clock() + this.policy.refreshTokenLifetime * 1000;
    const login: Login = { ...whose, refreshToken, refreshExpiresAt, access: undefined };
    this.byRefresh.set(refreshToken, login);
    return this.pair(login, this.issueAccess(login, accessToken));
  }

  /**
   * The token of a client itself: the one it has until that expires, or with multi-token support a new one for each
   * request, until the quota is used up.
   */
  signInClient(client: Client): Pair | 'quotaUsedUp' {
    const { multiTokenQuota, clientCredentialsRefreshToken } = this.policy;
    const login = this.loginOf(client);
    if (multiTokenQuota > 0 && this.validOf(login) >= multiTokenQuota) {
      return 'quotaUsedUp';
    }
    const access = multiTokenQuota === 0 && this.isReturned(login.access) ? login.access : this.issueAccess(login);
    const { refreshToken: _, ...pair } = this.pair(login, access);
    return clientCredentialsRefreshToken ? { ...pair, refreshToken: this.newToken(login.user) } : pair;
  }

  private validOf(login: Login): number {
    const counted = this.counted.get(login) ?? new Set();
    for (const access of counted) {
      if (!this.isValid(access)) {
        counted.delete(access); // nothing extends the token of a client
      }
    }
    return counted.size;
  }

  /** What a change of a client does: its own tokens are no longer valid, those of its users are. */
  revokeOfClient(client: Client): void {
    for (const [value, { login }] of this.byAccess) {
      if (login === this.ofClients.get(client)) {
        this.forget(value, login);
      }
    }
  }

  refresh(refreshToken: string, client: Client): Pair | Refusal {
    const login = this.byRefresh.get(refreshToken);
    if (!login) {
      return 'unknown';
    }
    if (login.client.id !== client.id) {
      return 'wrongClient';
    }
    if (login.refreshExpiresAt <= this.clock()) {
      return 'expired';
    }
    const access = this.refreshedAccess(login);
    if (this.policy.refreshReturns === 'rotatedPair') {
      this.rotate(login);
    }
    const { refreshToken: kept, ...withoutRefresh } = this.pair(login, access);
    return this.policy.refreshReturns === 'noRefreshToken' ? withoutRefresh : { ...withoutRefresh, refreshToken: kept };
  }

  /** The login of an access token, if the token is valid now. */
  find(accessToken: string): Pair | undefined {
    const found = this.byAccess.get(accessToken);
    return found && this.isValid(found.access) ? this.pair(found.login, found.access) : undefined;
  }

  /** Whether a text is a token of either kind that was issued and not revoked. */
  knows(token: string): boolean {
    return this.byAccess.has(token) || this.byRefresh.has(token);
  }

  /** Revokes an access token, or a refresh token together with the access tokens issued for it. */
  revoke(token: string): void {
    const login = this.byRefresh.get(token);
    for (const [value, found] of this.byAccess) {
      if (value === token || found.login === login) {
        this.forget(value, found.login);
      }
    }
    this.byRefresh.delete(token);
  }

  /** Makes the access tokens of one user, or of all, expire now. */
  expireAccess(user?: User): void {
    for (const { login, access } of this.byAccess.values()) {
      if (user === undefined || login.user === user) {
        access.expiresAt = Math.min(access.expiresAt, this.clock());
      }
    }
  }

  /** Makes the refresh tokens of one user, or of all, invalid; access tokens stay valid. */
  invalidateRefresh(user?: User): void {
    for (const [token, login] of this.byRefresh) {
      if (user === undefined || login.user === user) {
        this.byRefresh.delete(token);
      }
    }
  }

  private loginOf(client: Client): Login {
    const login = this.ofClients.get(client) ?? {
      user: clientUser(client),
      client,
      route: 'identityServer',
      refreshToken: '',
      refreshExpiresAt: 0,
      access: undefined,
    };
    this.ofClients.set(client, login);
    return login;
  }

  private refreshedAccess(login: Login): Access {
    const { refreshReturns, earlyRefreshReturns, refreshRevokesOlderAccessToken } = this.policy;
    const current = login.access;
    if (current && refreshReturns === 'samePairNewExpiry') {
      current.expiresAt = this.clock() + this.policy.accessTokenLifetime * 1000;
      return current;
    }
    const keepsAccess = refreshReturns === 'samePairSameExpiry' || earlyRefreshReturns === 'sameAccessToken';
    if (keepsAccess && this.isReturned(current)) {
      return current;
    }
    if (current && refreshRevokesOlderAccessToken) {
      this.forget(current.value, login);
    }
    return this.issueAccess(login);
  }

  private rotate(login: Login): void {
    this.byRefresh.delete(login.refreshToken);
    login.refreshToken = this.newToken(login.user);
    login.refreshExpiresAt = this.clock() + this.policy.refreshTokenLifetime * 1000;
    this.byRefresh.set(login.refreshToken, login);
  }

  private issueAccess(login: Login, value = this.newToken(login.user)): Access {
    const access: Access = { value, expiresAt: this.clock() + this.policy.accessTokenLifetime * 1000 };
    this.byAccess.set(value, { login, access });
    if (login === this.ofClients.get(login.client)) {
      this.counted.set(login, (this.counted.get(login) ?? new Set()).add(access));
    }
    login.access = access;
    return access;
  }

  private forget(accessToken: string, login: Login): void {
    const held = this.byAccess.get(accessToken);
    if (held !== undefined) {
      this.counted.get(login)?.delete(held.access);
    }
    this.byAccess.delete(accessToken);
    if (login.access?.value === accessToken) {
      login.access = undefined;
    }
  }

  private validLogin(user: User, client: Client, route: Route): Login | undefined {
    const logins = [...this.byRefresh.values()];
    return logins.findLast(
      (login) =>
        login.user === user &&
        login.client === client &&
        login.route === route &&
        login.refreshExpiresAt > this.clock(),
    );
  }

  private isValid(access: Access | undefined): access is Access {
    return access !== undefined && access.expiresAt > this.clock();
  }

  private isReturned(access: Access | undefined): access is Access {
    return access !== undefined && access.expiresAt + this.policy.returnsExpiredFor > this.clock();
  }

  private pair(login: Login, access: Access): Required<Pair> {
    const { user, client, route, refreshToken } = login;
    return { accessToken: access.value, accessExpiresAt: access.expiresAt, refreshToken, user, client, route };
  }

  private newToken(user: User): string {
    const token = newTokenText(this.policy.tokenForm, user, this.address);
    this.issued.push(token);
    return token;
  }
}
