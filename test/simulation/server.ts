import { type Identity, newIdentity } from '../identity/identity';
import type { Policy } from '../identity/policy';
import type { User } from '../identity/users';

export const identityServer = 'https://auth.reltio.com';

/** What only the identity server knows: which tokens it would take. */
export class Server {
  readonly identity: Identity;
  /** Access tokens that were ended before their time. */
  private readonly endedEarly = new Set<string>();
  /** Whose refresh token it is, for every one that was ever given out. */
  private readonly owners = new Map<string, string>();

  constructor(
    private readonly now: () => number,
    policy: Partial<Policy>,
    userCount: number,
  ) {
    this.identity = newIdentity(now, policy, () => undefined);
    for (let number = 0; number < userCount; number += 1) {
      this.identity.users.add({ name: `user${number}@acme.com`, password: `password-${number}` });
    }
  }

  get users(): readonly User[] {
    return this.identity.users.all().filter(({ name }) => name.startsWith('user'));
  }

  gave(refreshToken: string, userName: string): void {
    this.owners.set(refreshToken, userName);
  }

  ownerOf(refreshToken: string): string | undefined {
    return this.owners.get(refreshToken);
  }

  /** Whether it would take this refresh token now. */
  takes(refreshToken: string): boolean {
    const login = this.identity.tokens['byRefresh'].get(refreshToken);
    return login !== undefined && login.refreshExpiresAt > this.now();
  }

  lives(accessToken: string): boolean {
    return this.identity.tokens.find(accessToken) !== undefined;
  }

  /** By how many milliseconds an access token has outlived its time; 0 also where it was ended before. */
  overdue(accessToken: string): number {
    const found = this.identity.tokens['byAccess'].get(accessToken);
    return found === undefined || this.endedEarly.has(accessToken) ? 0 : Math.max(this.now() - found.access.expiresAt, 0);
  }

  /** Another tool's use of the same login ends the access tokens, as Reltio's pages say can happen. */
  endAccessEarly(user: User): void {
    for (const [token, { login }] of this.identity.tokens['byAccess']) {
      if (login.user === user) {
        this.endedEarly.add(token);
      }
    }
    this.identity.tokens.expireAccess(user);
  }
}
