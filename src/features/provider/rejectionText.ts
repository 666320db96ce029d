import { accountLabel } from '../../core/model/account';
import { displayHostOf } from '../../core/base/displayText';
import type { Rejection } from '../../core/rejections/rejections';
import { accountText } from '../../editor/messages/accountText';
import { describe } from '../../editor/messages/messages';

/** The result of a report, in a sentence for the user. Loaded by the first report, because most windows never get one. */
export function rejectionText(rejection: Rejection): string {
  switch (rejection.kind) {
    case 'refreshed':
      return 'There is a new token. Ask for the session again.';
    case 'valid': {
      const host = displayHostOf(rejection.session.account.identityServer);
      return `This environment rejects a token that ${host} considers valid. Check its address and cluster, and your access to it.`;
    }
    case 'signInAgain':
      return (
        `The token of ${accountLabel(rejection.session.account)} is no longer valid. ` +
        (accountText(rejection.session.account).afterRejection ??
          (rejection.session.state === 'rejected' ? 'Renew the sign-in.' : 'Sign in again.'))
      );
    case 'unknown':
      return 'This token does not belong to a session that is signed in now. Ask for the session again.';
    case 'notNow':
      return describe(rejection.failure);
  }
}
