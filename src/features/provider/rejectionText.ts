import * as l10n from '@vscode/l10n';
import { accountLabel } from '../../core/model/account';
import { displayHostOf } from '../../core/base/displayText';
import type { Rejection } from '../../core/rejections/rejections';
import { accountText } from '../../editor/messages/accountText';
import { describe } from '../../editor/messages/messages';

/** The result of a report, in a sentence for the user. Loaded by the first report, because most windows never get one. */
export function rejectionText(rejection: Rejection): string {
  switch (rejection.kind) {
    case 'refreshed':
      return l10n.t('There is a new token. Ask for the session again.');
    case 'valid': {
      const host = displayHostOf(rejection.session.account.identityServer);
      return l10n.t(
        'This environment rejects a token that {0} considers valid. Check its address and cluster, and your access to it.',
        host,
      );
    }
    case 'signInAgain': {
      const { account, state } = rejection.session;
      const what = l10n.t('The token of {0} is no longer valid.', accountLabel(account));
      const next =
        accountText(account).afterRejection ??
        (state === 'rejected' ? l10n.t('Renew the sign-in.') : l10n.t('Sign in again.'));
      return `${what} ${next}`;
    }
    case 'unknown':
      return l10n.t('This token does not belong to a session that is signed in now. Ask for the session again.');
    case 'notNow':
      return describe(rejection.failure);
  }
}
