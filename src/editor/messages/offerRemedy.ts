import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { accountLabel } from '../../core/model/account';
import type { Clock } from '../../core/base/clock';
import { keepsFailing } from '../../core/model/refreshErrors';
import { remedyOf } from '../../core/model/remedy';
import type { Session } from '../../core/model/session';
import { isExpired } from '../../core/model/tokens';
import { commandIds } from '../commandIds';

interface Offer {
  readonly message: string;
  readonly button: string;
  readonly command: string;
}

/**
 * Shows what only the user can do for a session, with a button for it: once for each token and remedy in this window.
 */
export function remedyOffers(clock: Clock): (session: Session) => void {
  const shown = new Set<string>();
  return (session) => {
    const offer = offerFor(session, clock.now());
    const key = `${session.id} ${session.tokens.accessTokenReceivedAt} ${offer?.message ?? ''}`;
    if (offer === undefined || shown.has(key)) {
      return;
    }
    shown.add(key);
    void vscode.window
      .showWarningMessage(offer.message, offer.button)
      .then((pressed) =>
        pressed === undefined ? undefined : vscode.commands.executeCommand(offer.command, session.id),
      );
  };
}

/** Undefined if the session has recovered meanwhile. */
function offerFor(session: Session, now: number): Offer | undefined {
  const label = accountLabel(session.account);
  const signIn = { button: l10n.t('Sign in again as {0}', label), command: commandIds.signIn };
  switch (remedyOf(session, now)) {
    case 'signIn':
      return keepsFailing(session, now)
        ? { ...signIn, message: l10n.t('The token of {0} could not be refreshed for over an hour.', label) }
        : { ...signIn, message: l10n.t('The Reltio sign-in of {0} is no longer valid.', label) };
    case 'renew':
      return {
        message: l10n.t('Reltio no longer accepts the token of {0}.', label),
        button: l10n.t('Renew Sign-In'),
        command: commandIds.renew,
      };
    case 'pasteToken':
      return isExpired(session.tokens, now)
        ? {
            message: l10n.t('The pasted token of {0} is no longer valid.', label),
            button: l10n.t('Paste Another Token'),
            command: commandIds.signIn,
          }
        : undefined;
    default:
      return undefined;
  }
}
