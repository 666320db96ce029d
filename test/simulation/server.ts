import { type Identity, newIdentity } from '../identity/identity';
import type { Policy } from '../identity/policy';
import type { User } from '../identity/users';

export const identityServer = 'https://auth.reltio.com';

/** What only the identity server knows: which tokens it accepts. */
export class Server {
  readonly identity: Identity;
  /** Access tokens that were made to expire early. */
  private readonly expiredEarly = new Set<string>();
  /** The user of every refresh token ever issued. */
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

  recordOwner(refreshToken: string, userName: string): void {
    this.owners.set(refreshToken, userName);
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

  /** For how many milliseconds an access token has been expired; 0 if it was made to expire early. */
  expiredFor(accessToken: string): number {
    const found = this.identity.tokens['byAccess'].get(accessToken);
    return found === undefined || this.expiredEarly.has(accessToken)
      ? 0
      : Math.max(this.now() - found.access.expiresAt, 0);
  }

  /** Another tool that uses the same login makes the access tokens expire, as Reltio's pages say can happen. */
  expireAccessEarly(user: User): void {
    for (const [token, { login }] of this.identity.tokens['byAccess']) {
      if (login.user === user) {
        this.expiredEarly.add(token);
      }
    }
    this.identity.tokens.expireAccess(user);
  }
}
