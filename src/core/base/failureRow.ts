/** What kind of failure it is. */
export type FailureGroup =
  /** The identity server does not accept what the user entered. */
  | 'entry'
  /** The identity server accepts the client, and refuses the user's account. */
  | 'account'
  /** The identity server does not accept the client, or we have no secret for it. */
  | 'client'
  /** Only a new sign-in can get a token. */
  | 'signInRequired'
  /** Something about this session, found without the identity server. */
  | 'session'
  /** The identity server refused the request, or reported an error of its own. */
  | 'refusal'
  /** Something answered, but not with what an identity server should return. */
  | 'answer'
  /** No answer. */
  | 'offline'
  /** Nothing was sent, because a setting or a file on this machine does not allow it. */
  | 'setup'
  /** Our own storage. */
  | 'storage'
  /** The user cancelled it, or probably did not ask for it. */
  | 'stopped';

/** The one action that helps the user, offered as a button. */
export type Remedy =
  | 'signIn'
  | 'renew'
  | 'pasteToken'
  | 'updateClientSecret'
  | 'openSettings'
  | 'showLog'
  | 'diagnose'
  | 'enterPassphrase'
  | 'addEnvironment'
  | 'trustWorkspace'
  | 'reloadWindow';

export interface FailureRow<Group extends FailureGroup = FailureGroup> {
  readonly group: Group;
  /**
   * Which refreshes wait before the next request: all at this server, all of this client, only this session's, or none.
   */
  readonly blocks: 'server' | 'client' | 'session' | 'nothing';
  /** `none`: the user cannot fix it here, or the input box that shows the failure stays open. */
  readonly remedy: Remedy | 'none';
  /** Whether this failure shows that the identity server accepted the client and its secret. */
  readonly provesClient: boolean;
}

/** One row of the table. */
export function row<const Group extends FailureGroup>(
  group: Group,
  blocks: FailureRow['blocks'],
  remedy: FailureRow['remedy'],
  proves?: 'provesClient',
): FailureRow<Group> {
  return { group, blocks, remedy, provesClient: proves !== undefined };
}
