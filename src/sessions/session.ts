import type { Account } from './account';
import type { Tokens } from './tokens';

/** One signed-in account, as stored. Times are milliseconds since 1970. */
export interface Session {
  /** New at each sign-in, the same over every refresh: other extensions compare it. */
  readonly id: string;
  readonly account: Account;
  readonly method: SignInMethod;
  readonly signedInAt: number;
  /**
   * `signedIn`: all is well, or a failure passes. `signInAgain`: the refresh token was refused for good.
   * `clientRejected`: the identity server refuses our client id and secret; the refresh token may be fine.
   * `rejected`: the access token is over before its time, and a refresh brings the same one.
   */
  readonly state: 'signedIn' | 'signInAgain' | 'clientRejected' | 'rejected';
  /**
   * Since when the server has answered every refresh with an error that decides nothing. Missing while all is well; stored,
   * because windows come and go.
   */
  readonly refreshFailingSince?: number;
  readonly tokens: Tokens;
}

export type SignInMethod =
  { readonly kind: 'password' } | { readonly kind: 'identityProvider'; readonly idpSystem: string };
