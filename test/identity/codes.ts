import { createHash, randomBytes } from 'node:crypto';
import type { Client } from './clients';
import type { Clock } from './clock';
import { sameText } from './oneTimeCode';
import type { Policy } from './policy';
import type { User } from './users';

/** Where the browser was: at `/oauth/sso` of the identity server, or at the login page. */
export type Route = 'identityServer' | 'loginPage';

/** What a code was issued for. */
export interface Authorization {
  readonly user: User;
  readonly client: Client;
  readonly redirectUri: string;
  /** The S256 challenge of RFC 7636. */
  readonly challenge: string | undefined;
  readonly route: Route;
}

/** What a caller sends in exchange for a token. */
export interface Redemption {
  readonly client: Client;
  readonly code: string;
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
  readonly route: Route;
}

/** The authorization codes. Each is accepted once, from its client, with its redirect address and its verifier. */
export class Codes {
  /** Every code issued so far, valid or not. */
  readonly issued: string[] = [];
  private readonly open = new Map<string, Authorization & { readonly expiresAt: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly policy: Policy,
  ) {}

  issue(authorization: Authorization): string {
    // Contains what has to be encoded in a query, so that a careless copy out of an address fails.
    const code = `${randomBytes(9).toString('base64url')}+/${randomBytes(9).toString('base64url')}=`;
    this.issued.push(code);
    this.open.set(code, { ...authorization, expiresAt: this.clock() + this.policy.codeLifetime * 1000 });
    return code;
  }

  /** The user of a code, or undefined if it is refused. A code that was sent once is closed, whatever the outcome. */
  redeem({ client, code, redirectUri, verifier, route }: Redemption): User | undefined {
    const issued = this.open.get(code);
    if (issued?.route !== route) {
      return undefined;
    }
    this.open.delete(code);
    const isRight =
      issued.client === client &&
      issued.expiresAt > this.clock() &&
      this.isRedirect(issued, redirectUri) &&
      this.isVerifier(issued.challenge, verifier);
    return isRight ? issued.user : undefined;
  }

  // Reltio's samples for the login page never send it.
  private isRedirect({ redirectUri, route }: Authorization, sent: string | undefined): boolean {
    return sent === undefined ? route === 'loginPage' || !this.policy.codeNeedsRedirectUri : sent === redirectUri;
  }

  // A verifier without a challenge is refused too (RFC 9700 section 2.1.1).
  private isVerifier(challenge: string | undefined, verifier: string | undefined): boolean {
    if (this.policy.pkce === 'ignored' || challenge === undefined || verifier === undefined) {
      return this.policy.pkce === 'ignored' || challenge === verifier;
    }
    const isWellFormed = /^[A-Za-z0-9._~-]{43,128}$/.test(verifier);
    return isWellFormed && sameText(challenge, createHash('sha256').update(verifier).digest('base64url'));
  }
}
