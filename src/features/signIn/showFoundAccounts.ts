import * as vscode from 'vscode';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { commandIds } from '../../editor/commandIds';

/** Shows the accounts whose sign-ins were still stored although VS Code did not show them. */
export async function showFoundAccounts(sessions: readonly Session[]): Promise<void> {
  const names = sessions.map(({ account }) => accountLabel(account)).join(', ');
  const [only, ...others] = sessions;
  const pressed = await vscode.window.showInformationMessage(
    `VS Code still stores ${others.length === 0 ? 'an earlier sign-in' : 'earlier sign-ins'}: ${names}.`,
    'Sign Out',
  );
  if (pressed !== undefined) {
    await vscode.commands.executeCommand(commandIds.signOut, others.length === 0 ? only?.id : undefined);
  }
}
