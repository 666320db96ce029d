import * as l10n from '@vscode/l10n';
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
  /** Whether anything can refresh its token; if not, a sentence about its expiry says so. */
  readonly isRefreshed: boolean;
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
    another: {
      icon: 'history',
      get title() {
        return l10n.t('Renew sign-in');
      },
      command: commandIds.renew,
    },
    isRefreshed: true,
    refreshNote: '',
    signInExpiry: undefined,
    afterRejection: undefined,
  },
  pasted: {
    get tag() {
      return l10n.t('pasted token');
    },
    get mark() {
      return ` ${l10n.t({ message: '(pasted)', args: [], comment: ['Follows the name of a token, as in: Token (pasted) copied.'] })}`;
    },
    client: () => l10n.t('unknown, because the token was pasted'),
    another: {
      icon: 'sign-in',
      get title() {
        return l10n.t('Paste another token');
      },
      command: commandIds.signIn,
    },
    isRefreshed: false,
    get refreshNote() {
      return ` ${l10n.t('A pasted token is never refreshed.')}`;
    },
    get signInExpiry() {
      return l10n.t('expires with this token, which was pasted and is never refreshed');
    },
    get afterRejection() {
      return l10n.t('Paste another token.');
    },
  },
};

export function accountText(account: Pick<Account, 'clientId'>): AccountText {
  return texts[accountKind(account).name];
}
