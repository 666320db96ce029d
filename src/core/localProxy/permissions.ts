import type { ProxiedEnvironment } from './proxiedEnvironment';

/** What needs a yes of the user in the window. */
export type Permission =
  /** Methods other than GET and HEAD in a production environment. */
  | 'changeProduction'
  /** A token to a host outside `reltio.com`, or to this computer over plain `http`. */
  | 'sendToken';

/** Asks the user in the window. */
export interface Permissions {
  /**
   * Whether the user allows it. Asks one question for parallel calls; no answer within a minute is a no.
   *
   * @param method of the request that needs the permission; the question names it
   */
  has(permission: Permission, environment: ProxiedEnvironment, method: string): Promise<boolean>;
}
