import type { Account } from './account';
import type { Renewal, SignInMethod } from './signInMethod';
import type { Tokens } from './tokens';

/** One signed-in account, as stored. Times are milliseconds since 1970. */
export interface Session {
  /** New at each sign-in, the same over every refresh: other extensions compare it. */
  readonly id: string;
  readonly account: Account;
  /**
   * The client of its tokens, if it is another one than at the first sign-in: a login page that has forgotten a client
   * registers another, and the account keeps its name. `clientIdOf` returns it for every session.
   */
  readonly clientId?: string;
  readonly method: SignInMethod;
  /** How its method gets the next token; missing if it uses a refresh token. */
  readonly renewal?: Renewal;
  readonly signedInAt: number;
  /**
   * `signedIn`: all is well, or a failure is temporary. `signInAgain`: the refresh token was rejected for good.
   * `clientRejected`: the identity server rejects our client id and secret; the refresh token may be fine. `rejected`:
   * the access token was rejected before its expiry, and a refresh returns the same one.
   */
  readonly state: 'signedIn' | 'signInAgain' | 'clientRejected' | 'rejected';
  /** Missing while refreshes succeed. Stored, because a window may be opened and closed during an outage. */
  readonly refreshErrors?: RefreshErrors;
  readonly tokens: Tokens;
}

/**
 * The period in which the server has answered every refresh with an inconclusive error. `from` is the first error; `to`
 * is the last one recorded, which is the first or one that came an hour later. Milliseconds since 1970.
 */
export interface RefreshErrors {
  readonly from: number;
  readonly to: number;
}

/** The client that its tokens were issued to: only with this one can they be refreshed. */
export function clientIdOf({ clientId, account }: Session): string {
  return clientId ?? account.clientId;
}
