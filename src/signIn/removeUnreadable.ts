import * as vscode from 'vscode';
import type { Sessions } from '../sessions/sessions';

/**
 * For a person who signs out where no account can be read: offers to remove what may be one. In a modal, because any
 * extension can run the command, and what cannot be read may be a newer version's.
 *
 * @returns whether it was removed
 */
export async function removeUnreadable(sessions: Sessions): Promise<boolean> {
  const remove = 'Remove';
  const pressed = await vscode.window.showWarningMessage(
    'Your stored Reltio sign-ins cannot be read. Remove them?',
    { modal: true, detail: 'Their tokens are not revoked at Reltio: they expire by themselves.' },
    remove,
  );
  if (pressed === remove) {
    await sessions.removeUnreadable();
  }
  return pressed === remove;
}
