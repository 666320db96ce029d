import * as vscode from 'vscode';
import type { Sessions } from '../../core/sessions/sessions';
import type { Prompt } from '../../editor/prompt/prompt';

/**
 * For a user who signs out where no account can be read: offers to remove what may be one. In a modal, because any
 * extension can run the command, and what cannot be read may be a newer version's.
 *
 * @throws {Failure} `storeNotWritten` where it could not be removed
 */
export async function removeUnreadable(sessions: Sessions, prompt: Pick<Prompt, 'choose'>): Promise<void> {
  const agreed = await prompt.choose({
    message: 'Your stored Reltio sign-ins cannot be read. Remove them?',
    detail: 'Their tokens are not revoked at Reltio: they expire by themselves.',
    no: 'Keep',
    choices: ['Remove'],
  });
  if (agreed === undefined) {
    return;
  }
  await sessions.removeUnreadable();
  if (sessions.problem !== undefined) {
    throw sessions.problem;
  }
  void vscode.window.showInformationMessage('The stored Reltio sign-ins were removed.');
}
