import * as vscode from 'vscode';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { commandIds } from '../../editor/commandIds';

/** Says whose sign-ins were stored although none was shown. */
export async function showFoundAccounts(sessions: readonly Session[]): Promise<void> {
  const names = sessions.map(({ account }) => accountLabel(account)).join(', ');
  const [only, ...others] = sessions;
  const pressed = await vscode.window.showInformationMessage(
    `VS Code still holds ${others.length === 0 ? 'a sign-in' : 'sign-ins'} from before: ${names}.`,
    'Sign Out',
  );
  if (pressed !== undefined) {
    await vscode.commands.executeCommand(commandIds.signOut, others.length === 0 ? only?.id : undefined);
  }
}
