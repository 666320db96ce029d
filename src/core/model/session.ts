import type { Account } from './account';
import type { SignInMethod } from './signInMethod';
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
   * The time in which the server has answered every refresh with an error that decides nothing: the first of them, and the
   * last one that was noted, which is the first or one that came an hour later. Missing while all is well. Stored, because
   * windows come and go.
   */
  readonly refreshErrors?: { readonly from: number; readonly to: number };
  readonly tokens: Tokens;
}
