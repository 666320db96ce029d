import { displayText } from '../../core/base/displayText';
import type { Account } from '../../core/model/account';
import { accountKind, type AccountKind } from '../../core/model/accountKind';
import { commandIds } from '../commandIds';

/** What is said of an account, as far as that depends on its kind. */
export interface AccountText {
  /** Stands beside its name in the status bar; may be empty. */
  readonly tag: string;
  /** Follows the name of something that contains its token, where the account is not named; may be empty. */
  readonly mark: string;
  /** Its client, in the details. */
  readonly client: (clientId: string) => string;
  /** How the user gets another token before this one expires. */
  readonly another: { readonly icon: string; readonly title: string; readonly command: string };
  /** Ends a sentence that says when the token expires. */
  readonly expiryNote: string;
  /** Follows such a sentence; may be empty. */
  readonly refreshNote: string;
  /** When the sign-in expires; undefined if that depends on how it is refreshed. */
  readonly signInExpiry: string | undefined;
  /** What helps after the token was rejected; undefined if that depends on the state of the session. */
  readonly afterRejection: string | undefined;
}

const texts: Readonly<Record<AccountKind['name'], AccountText>> = {
  issued: {
    tag: '',
    mark: '',
    client: displayText,
    another: { icon: 'history', title: 'Renew sign-in', command: commandIds.renew },
    expiryNote: '',
    refreshNote: '',
    signInExpiry: undefined,
    afterRejection: undefined,
  },
  pasted: {
    tag: 'pasted token',
    mark: ' (pasted)',
    client: () => 'unknown, because the token was pasted',
    another: { icon: 'sign-in', title: 'Paste another token', command: commandIds.signIn },
    expiryNote: ' and is never refreshed',
    refreshNote: ' A pasted token is never refreshed.',
    signInExpiry: 'expires with this token, which was pasted and is never refreshed',
    afterRejection: 'Paste another token.',
  },
};

export function accountText(account: Pick<Account, 'clientId'>): AccountText {
  return texts[accountKind(account).name];
}
