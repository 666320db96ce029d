import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { accountLabel } from '../../core/model/account';
import { displayHostOf } from '../../core/base/displayText';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { SignOutOutcome } from '../../core/sessions/signOut';
import { describe } from '../../editor/messages/messages';
import { chooseAccount } from './chooseAccount';
import type { Prompt } from '../../editor/prompt/prompt';
import { removeUnreadable } from './removeUnreadable';
import { commandIds } from '../../editor/commandIds';

/**
 * Signs out the session that is named, else the one that the user picks. What VS Code has kept is looked for even where
 * nothing says that it is there: a user who signs out wants it gone.
 */
export async function chooseAndSignOut(
  sessionId: string | undefined,
  sessions: Sessions,
  accountInUse: { readonly session: Session | undefined },
  prompt: Pick<Prompt, 'choose'>,
): Promise<void> {
  const all = await sessions.usable('always');
  if (all.length === 0 && sessions.hasUnreadable) {
    await removeUnreadable(sessions, prompt);
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
  const session = named ?? (await chooseAccount(all, accountInUse.session, 'Sign out which account?'));
  await signOut(session, sessions, prompt);
}

const hereOnly = 'Sign Out Here';
const atReltioToo = 'Revoke at Reltio Too';

/**
 * Signs an account out, here only or at Reltio too. Reltio may have handed the same token to other tools, which a
 * revocation ends as well: hence the choice.
 *
 * It is always a modal, also for a user who has just picked Sign Out from our menu: VS Code does not tell a command who runs
 * it, session ids are no secret among extensions, and an extension can accept what our lists select. VS Code's own
 * Accounts menu comes through the provider (`removeSession`) and has asked in a modal by then.
 */
export async function signOut(session: Session, sessions: Sessions, prompt: Pick<Prompt, 'choose'>): Promise<void> {
  const label = accountLabel(session.account);
  const host = displayHostOf(session.account.identityServer);
  const choice = await prompt.choose({
    message: `Sign out ${label}?`,
    detail:
      `"${hereOnly}" removes the tokens from VS Code. At ${host} they expire by themselves, and other tools keep theirs.` +
      `\n\n"${atReltioToo}" also ends them at ${host} at once. Other tools that use this login may be signed out with it.`,
    no: 'Stay Signed In',
    choices: [hereOnly, atReltioToo],
  });
  if (choice === undefined) {
    return;
  }
  const where = choice === atReltioToo ? 'atReltioToo' : 'here';
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Reltio: signing out' },
    () => sessions.signOut(session.id, where),
  );
  show(label, outcome);
  if (sessions.problem !== undefined) {
    throw sessions.problem;
  }
}

/** The outcome comes first: VS Code folds a message without a button to one line. */
function show(label: string, outcome: SignOutOutcome | undefined): void {
  if (outcome === undefined || outcome.atReltio === 'notAsked') {
    void vscode.window.showInformationMessage(
      `Signed out here: ${label}. The token stays valid at Reltio until it expires.`,
    );
  } else if (outcome.atReltio === 'revoked') {
    void vscode.window.showInformationMessage(`Signed out here and at Reltio: ${label}.`);
  } else {
    const why = describe(outcome.atReltio);
    void vscode.window
      .showWarningMessage(`Not revoked at Reltio: ${why} ${label} is signed out here only.`, 'Show Log')
      .then((pressed) => (pressed === undefined ? undefined : vscode.commands.executeCommand(commandIds.showLog)));
  }
}
