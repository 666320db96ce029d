import type { Session } from '../model/session';
import type { ProxiedEnvironment } from './proxiedEnvironment';

/** Where the local proxy gets the bearer token of each request. Nothing is kept. */
export interface TokenSource {
  /**
   * The session of the account that fits the environment, with a valid token.
   *
   * @throws {Failure} if no account fits, several do and none of them is in use, or there is no valid token now
   */
  fresh(environment: ProxiedEnvironment): Promise<Session>;
  /**
   * Reports that the environment answered 401 `invalid_token` to the token of this session.
   *
   * @returns whether `fresh` has another token now
   */
  reportRejected(session: Session): Promise<boolean>;
}
