import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { accountLabel } from '../../core/model/account';
import { displayHostOf, displayText } from '../../core/base/displayText';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { SignOutOutcome } from '../../core/sessions/signOut';
import { whatHappened } from '../../editor/messages/messages';
import { pickSession } from '../../editor/pickSession';
import type { Prompt } from '../../editor/prompt/prompt';
import { removeUnreadable } from './removeUnreadable';
import { commandIds } from '../../editor/commandIds';

/**
 * Signs out the given session, or the one that the user picks. Reads the secret storage even if nothing suggests that it
 * holds a session: a user who signs out wants every stored sign-in removed.
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
    void vscode.window.showInformationMessage(l10n.t('You are not signed in to Reltio.'));
    return;
  }
  const named = all.find(({ id }) => id === sessionId);
  if (sessionId !== undefined && named === undefined) {
    throw new Failure('signedOut'); // the session of a button may be gone by now: do not sign out another one instead
  }
  const session =
    named ??
    (await pickSession(
      all,
      accountInUse.session,
      l10n.t('Sign out of Reltio'),
      l10n.t('Which account do you want to sign out?'),
    ));
  await signOut(session, sessions, prompt);
}

/**
 * Signs an account out, here only or at Reltio too. The user chooses, because Reltio may have given the same token to other
 * tools, and revoking it signs them out as well.
 *
 * It always asks in a modal, even after the user picked Sign Out in our menu: a command cannot see who runs it, session ids
 * are not secret among extensions, and an extension can accept the selected item of our lists. VS Code's own Accounts menu
 * calls the provider (`removeSession`) after it has asked in a modal itself.
 */
export async function signOut(session: Session, sessions: Sessions, prompt: Pick<Prompt, 'choose'>): Promise<void> {
  const label = accountLabel(session.account);
  const host = displayHostOf(session.account.identityServer);
  const hereOnly = l10n.t('Sign Out Here');
  const atReltioToo = l10n.t('Revoke at Reltio Too');
  const choice = await prompt.choose({
    message: l10n.t('Sign out {0}?', label),
    detail: [
      l10n.t(
        '"{0}" removes the tokens from VS Code. They stay valid at {1} until they expire, and other tools stay signed in.',
        hereOnly,
        host,
      ),
      l10n.t(
        '"{0}" also revokes them at {1} at once. Other tools that use this login may be signed out too.',
        atReltioToo,
        host,
      ),
      keptText(session),
    ].join('\n\n'),
    no: l10n.t('Stay Signed In'),
    choices: [hereOnly, atReltioToo],
  });
  if (choice === undefined) {
    return;
  }
  const where = choice === atReltioToo ? 'atReltioToo' : 'here';
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Reltio: signing out') },
    () => sessions.signOut(session.id, where),
  );
  show(label, outcome);
  if (sessions.problem !== undefined) {
    throw sessions.problem;
  }
}

/** What remains and may be all that a new sign-in needs: a browser asks no user whom it knows. */
function keptText({ account: { user, clientId } }: Session): string {
  return user === undefined
    ? l10n.t(
        'The secret of client {0} stays stored for its next sign-in. "Reltio: Forget Everything" removes it.',
        displayText(clientId),
      )
    : l10n.t('A browser in which you signed in to Reltio stays signed in.');
}

/** The outcome comes first: VS Code collapses a message without buttons to one line. */
function show(label: string, outcome: SignOutOutcome | undefined): void {
  if (outcome === undefined || outcome.atReltio === 'notAsked') {
    void vscode.window.showInformationMessage(
      l10n.t('Signed out here: {0}. The token stays valid at Reltio until it expires.', label),
    );
  } else if (outcome.atReltio === 'revoked') {
    void vscode.window.showInformationMessage(l10n.t('Signed out here and at Reltio: {0}.', label));
  } else {
    const why = whatHappened(outcome.atReltio); // it cannot be tried again: the token is gone
    void vscode.window
      .showWarningMessage(
        `${l10n.t('Not revoked at Reltio: {0}', why)} ` +
          l10n.t('{0} is signed out here only; the token stays valid until it expires.', label),
        l10n.t('Show Log'),
      )
      .then((pressed) => (pressed === undefined ? undefined : vscode.commands.executeCommand(commandIds.showLog)));
  }
}
