import type { FailureCodeOf } from '../base/failureTable';
import { pastedTokenClient, type Account } from './account';

/** What an account can do, by how its token came here. `editor/messages/accountText.ts` says it in words. */
export interface AccountKind {
  readonly name: 'issued' | 'pasted';
  /** Whether its client is known, so that the identity server can be asked with it. */
  readonly knowsClient: boolean;
  /** Whether a new sign-in, possibly after a revocation, can replace its token. */
  readonly canRenew: boolean;
  /** The one action that ever helps; undefined if that depends on the state of the session. */
  readonly onlyRemedy: 'pasteToken' | undefined;
  /** The failure of a session that has no valid token and cannot be refreshed. */
  readonly signInRequired: FailureCodeOf<'signInRequired'>;
  /** The failure of a manual refresh, if the token is valid and cannot be refreshed. */
  readonly notRefreshed: FailureCodeOf<'session'>;
}

const issued: AccountKind = {
  name: 'issued',
  knowsClient: true,
  canRenew: true,
  onlyRemedy: undefined,
  signInRequired: 'signInAgain',
  notRefreshed: 'noRefreshToken',
};

/** The user has pasted its token: nothing can refresh it. */
const pasted: AccountKind = {
  name: 'pasted',
  knowsClient: false,
  canRenew: false,
  onlyRemedy: 'pasteToken',
  signInRequired: 'pasteAgain',
  notRefreshed: 'neverRefreshed',
};

export function accountKind({ clientId }: Pick<Account, 'clientId'>): AccountKind {
  return clientId === pastedTokenClient ? pasted : issued;
}
