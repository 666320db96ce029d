import * as vscode from 'vscode';
import { accountLabel } from '../sessions/account';
import type { Clock } from '../sessions/clock';
import { keepsFailing } from '../sessions/failedRefresh';
import { remedyOf } from '../sessions/remedy';
import type { Session } from '../sessions/session';

interface Offer {
  readonly says: string;
  readonly button: string;
  readonly command: string;
}

/** Says that only the person can help a session, and offers to. Once for each token and remedy in this window. */
export function remedyOffers(clock: Clock): (session: Session) => void {
  const told = new Set<string>();
  return (session) => {
    const offer = offerFor(session, clock.now());
    const key = `${session.id} ${session.tokens.accessTokenReceivedAt} ${offer.says}`;
    if (told.has(key)) {
      return;
    }
    told.add(key);
    void vscode.window
      .showWarningMessage(offer.says, offer.button)
      .then((pressed) =>
        pressed === undefined ? undefined : vscode.commands.executeCommand(offer.command, session.id),
      );
  };
}

function offerFor(session: Session, now: number): Offer {
  const label = accountLabel(session.account);
  if (remedyOf(session, now) === 'renew') {
    return {
      says: `Reltio has ended the token of ${label} before its time.`,
      button: 'Renew Sign-In',
      command: 'reltioAuth.renew',
    };
  }
  return {
    says: keepsFailing(session, now)
      ? `Reltio has refused to refresh the token of ${label} for over an hour.`
      : `The Reltio sign-in of ${label} has ended.`,
    button: `Sign in again as ${label}`,
    command: 'reltioAuth.signIn',
  };
}
