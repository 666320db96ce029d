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
  const signIn = { button: `Sign in again as ${label}`, command: commandIds.signIn };
  switch (remedyOf(session, now)) {
    case 'signIn':
      return keepsFailing(session, now)
        ? { ...signIn, message: `The token of ${label} could not be refreshed for over an hour.` }
        : { ...signIn, message: `The Reltio sign-in of ${label} is no longer valid.` };
    case 'renew':
      return {
        message: `Reltio no longer accepts the token of ${label}.`,
        button: 'Renew Sign-In',
        command: commandIds.renew,
      };
    case 'pasteToken':
      return isExpired(session.tokens, now)
        ? {
            message: `The pasted token of ${label} is no longer valid.`,
            button: 'Paste Another Token',
            command: commandIds.signIn,
          }
        : undefined;
    default:
      return undefined;
  }
}
