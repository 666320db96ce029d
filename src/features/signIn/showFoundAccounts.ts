import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { commandIds } from '../../editor/commandIds';
import { plural } from '../../editor/messages/plural';

/** Shows the accounts whose sign-ins were still stored although VS Code did not show them. */
export async function showFoundAccounts(sessions: readonly Session[]): Promise<void> {
  const names = sessions.map(({ account }) => accountLabel(account)).join(', ');
  const [only, ...others] = sessions;
  const pressed = await vscode.window.showInformationMessage(
    plural(sessions.length, {
      one: l10n.t('VS Code still stores an earlier sign-in: {0}.', names),
      other: l10n.t('VS Code still stores earlier sign-ins: {0}.', names),
    }),
    l10n.t('Sign Out'),
  );
  if (pressed !== undefined) {
    await vscode.commands.executeCommand(commandIds.signOut, others.length === 0 ? only?.id : undefined);
  }
}
