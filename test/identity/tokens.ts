import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from './clients';
import type { Clock } from './clock';
import type { Policy } from './policy';
import type { User } from './users';

/** What a login or a refresh hands out; `accessEnd` in milliseconds. */
export interface Pair {
  readonly accessToken: string;
  readonly accessEnd: number;
  /** Missing only after a refresh under `noRefreshToken`. */
  readonly refreshToken?: string;
  readonly user: User;
  readonly client: Client;
}

/** Why a refresh token buys nothing. */
export type Refusal = 'unknown' | 'expired' | 'wrongClient';

interface Access {
  readonly value: string;
  end: number;
}

interface Login {
  readonly user: User;
  readonly client: Client;
  refreshToken: string;
  refreshEnd: number;
  /** The newest access token; undefined once revoked. */
  access: Access | undefined;
}

/** Every token this server gave out, and to whom. */
export class Tokens {
  /** Every token of either kind that was made here, dead or alive. */
  readonly minted: string[] = [];
  private readonly byRefresh = new Map<string, Login>();
  private readonly byAccess = new Map<string, { login: Login; access: Access }>();

  constructor(
    private readonly clock: Clock,
    private readonly policy: Policy,
  ) {}

  /** A pair for someone who has just proved who they are. */
  signIn(user: User, client: Client): Pair {
    const earlier = this.policy.secondLoginReturns === 'samePair' ? this.livingLogin(user, client) : undefined;
    if (!earlier) {
      return this.begin(user, client, this.newToken(), this.newToken());
    }
    return this.pair(earlier, this.isGivenOut(earlier.access) ? earlier.access : this.mint(earlier, this.newToken()));
  }

  /** Starts a login whose tokens are given: for a page that prints them, or for a canary. Both live as the policy says. */
  begin(user: User, client: Client, accessToken: string, refreshToken: string): Pair {
    const refreshEnd = this.clock() + this.policy.refreshTokenLife * 1000;
    const login: Login = { user, client, refreshToken, refreshEnd, access: undefined };
    this.byRefresh.set(refreshToken, login);
    return this.pair(login, this.mint(login, accessToken));
  }

  refresh(refreshToken: string, client: Client): Pair | Refusal {
    const login = this.byRefresh.get(refreshToken);
    if (!login) {
      return 'unknown';
    }
    if (login.client.id !== client.id) {
      return 'wrongClient';
    }
    if (login.refreshEnd <= this.clock()) {
      return 'expired';
    }
    const access = this.refreshedAccess(login);
    if (this.policy.refreshReturns === 'rotatedPair') {
      this.rotate(login);
    }
    const { refreshToken: kept, ...withoutRefresh } = this.pair(login, access);
    return this.policy.refreshReturns === 'noRefreshToken' ? withoutRefresh : { ...withoutRefresh, refreshToken: kept };
  }

  /** The login behind an access token that lives now. */
  find(accessToken: string): Pair | undefined {
    const found = this.byAccess.get(accessToken);
    return found && this.lives(found.access) ? this.pair(found.login, found.access) : undefined;
  }

  /** Whether a text is a token of either kind that was ever given out and not revoked. */
  knows(token: string): boolean {
    return this.byAccess.has(token) || this.byRefresh.has(token);
  }

  /** Ends an access token; or a refresh token together with the access tokens that came from it. */
  revoke(token: string): void {
    const login = this.byRefresh.get(token);
    for (const [value, found] of this.byAccess) {
      if (value === token || found.login === login) {
        this.forget(value, found.login);
      }
    }
    this.byRefresh.delete(token);
  }

  /** Ends the access tokens of one user or of all, as if their time were over. */
  expireAccess(user?: User): void {
    for (const { login, access } of this.byAccess.values()) {
      if (user === undefined || login.user === user) {
        access.end = Math.min(access.end, this.clock());
      }
    }
  }

  /** Makes the refresh tokens of one user or of all unknown; access tokens live on. */
  killRefresh(user?: User): void {
    for (const [token, login] of this.byRefresh) {
      if (user === undefined || login.user === user) {
        this.byRefresh.delete(token);
      }
    }
  }

  private refreshedAccess(login: Login): Access {
    const { refreshReturns, earlyRefreshReturns, refreshKillsOlderAccessToken } = this.policy;
    const current = login.access;
    if (current && refreshReturns === 'samePairFullLife') {
      current.end = this.clock() + this.policy.tokenLife * 1000;
      return current;
    }
    const keepsLiving = refreshReturns === 'samePairOldEnd' || earlyRefreshReturns === 'sameAccessToken';
    if (keepsLiving && this.isGivenOut(current)) {
      return current;
    }
    if (current && refreshKillsOlderAccessToken) {
      this.forget(current.value, login);
    }
    return this.mint(login, this.newToken());
  }

  private rotate(login: Login): void {
    this.byRefresh.delete(login.refreshToken);
    login.refreshToken = this.newToken();
    login.refreshEnd = this.clock() + this.policy.refreshTokenLife * 1000;
    this.byRefresh.set(login.refreshToken, login);
  }

  private mint(login: Login, value: string): Access {
    const access: Access = { value, end: this.clock() + this.policy.tokenLife * 1000 };
    this.byAccess.set(value, { login, access });
    login.access = access;
    return access;
  }

  private forget(accessToken: string, login: Login): void {
    this.byAccess.delete(accessToken);
    if (login.access?.value === accessToken) {
      login.access = undefined;
    }
  }

  private livingLogin(user: User, client: Client): Login | undefined {
    const logins = [...this.byRefresh.values()];
    return logins.findLast(
      (login) => login.user === user && login.client === client && login.refreshEnd > this.clock(),
    );
  }

  private lives(access: Access | undefined): access is Access {
    return access !== undefined && access.end > this.clock();
  }

  private isGivenOut(access: Access | undefined): access is Access {
    return access !== undefined && access.end + this.policy.givesOutExpiredFor > this.clock();
  }

  private pair(login: Login, access: Access): Required<Pair> {
    const { user, client, refreshToken } = login;
    return { accessToken: access.value, accessEnd: access.end, refreshToken, user, client };
  }

  // Reltio's long form is s.<compressed JSON>.<signature>; nobody but Reltio reads it, so noise will do.
  private newToken(): string {
    const token =
      this.policy.tokenSize === 'uuid'
        ? randomUUID()
        : `s.${randomBytes(3000).toString('base64url')}.${randomBytes(64).toString('base64url')}`;
    this.minted.push(token);
    return token;
  }
}
