import * as vscode from 'vscode';
import { Failure } from '../oauth/failure';
import { accountLabel } from '../sessions/account';
import type { Session } from '../sessions/session';
import type { Sessions, SignOutOutcome } from '../sessions/sessions';
import { describe } from '../support/messages';
import { chooseAccount } from './chooseAccount';
import { removeUnreadable } from './removeUnreadable';

/**
 * Signs out the session that is named, else the one that the person picks. What VS Code has kept is looked for even where
 * nothing tells of it: a person who signs out wants it gone.
 */
export async function chooseAndSignOut(
  sessionId: string | undefined,
  sessions: Sessions,
  accountInUse: { readonly session: Session | undefined },
): Promise<void> {
  const all = await sessions.usable('forCertain');
  if (all.length === 0 && sessions.hasUnreadable && (await removeUnreadable(sessions))) {
    return;
  }
  if (all.length === 0 && sessions.problem !== undefined) {
    throw sessions.problem;
  }
  if (all.length === 0) {
    void vscode.window.showInformationMessage('You are not signed in to Reltio.');
    return;
  }
  const named = all.find(({ id }) => id === sessionId);
  if (sessionId !== undefined && named === undefined) {
    throw new Failure('signedOut'); // a button may name one that has gone since: another account is no substitute
  }
  await signOut(named ?? (await chooseAccount(all, accountInUse.session, 'Sign out which account?')), sessions);
}

/**
 * Signs an account out, here only or at Reltio too. Reltio may have handed the same token to other tools, which a
 * revocation ends as well: hence the choice.
 */
export async function signOut(session: Session, sessions: Sessions): Promise<void> {
  const label = accountLabel(session.account);
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: 'Sign out here only',
        detail: 'Removes the tokens from VS Code. They end at Reltio by themselves.',
        where: 'here' as const,
      },
      {
        label: 'Sign out here and revoke at Reltio too',
        detail: 'Ends the tokens at once. Other tools that use this login may be signed out with it.',
        where: 'atReltioToo' as const,
      },
    ],
    { title: `Sign out ${label}`, placeHolder: 'Here only, or at Reltio too?' },
  );
  if (choice === undefined) {
    return;
  }
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Reltio: signing out' },
    () => sessions.signOut(session.id, choice.where),
  );
  tell(label, outcome);
  if (sessions.problem !== undefined) {
    throw sessions.problem;
  }
}

/** The outcome stands first: VS Code folds a message without a button to one line. */
function tell(label: string, outcome: SignOutOutcome | undefined): void {
  if (outcome === undefined || outcome.atReltio === 'notAsked') {
    void vscode.window.showInformationMessage(`Signed out here: ${label}. The token lives on at Reltio until it ends.`);
  } else if (outcome.atReltio === 'revoked') {
    void vscode.window.showInformationMessage(`Signed out here and at Reltio: ${label}.`);
  } else {
    const why = describe(outcome.atReltio);
    void vscode.window
      .showWarningMessage(`Not revoked at Reltio: ${why} ${label} is signed out here only.`, 'Show Log')
      .then((pressed) => (pressed === undefined ? undefined : vscode.commands.executeCommand('reltioAuth.showLog')));
  }
}
