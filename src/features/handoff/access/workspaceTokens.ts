import type { Session } from '../../../core/model/session';
import type { Environment } from '../../../editor/settings/environments';

/** Which token is wanted. */
export interface Wanted {
  /** The label of an account, or its user name. By default, the account in use in the workspace. */
  readonly account?: string;
  /** The name of an environment: an account for it is used. */
  readonly environment?: string;
  /** For how long the token has to be valid (seconds). */
  readonly minTtl?: number;
}

export interface FoundToken {
  readonly session: Session;
  /** The one that was named, or the one in use with this account, if there is one. */
  readonly environment: Environment | undefined;
}

/** The tokens of this workspace, for those who name an account or an environment instead of picking one. */
export interface WorkspaceTokens {
  /**
   * The session whose token is meant. Sends nothing, and asks the user nothing.
   *
   * @throws {Failure} if no account fits, several do and none is in use, or a name is unknown
   */
  find(wanted: Wanted): Promise<FoundToken>;
  /**
   * The same with a valid token.
   *
   * @throws {Failure} as `find` does, and if there is no token that is valid for as long as wanted
   */
  fresh(wanted: Wanted): Promise<FoundToken>;
}
