import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Sessions } from '../../core/sessions/sessions';
import type { Prompt } from '../../editor/prompt/prompt';

/**
 * Offers to remove stored sign-ins that cannot be read. Called when the user signs out and no account can be read. It asks
 * in a modal, because any extension can run the command, and a newer version may have written the data.
 *
 * @throws {Failure} `storeNotWritten` when the data could not be removed
 */
export async function removeUnreadable(sessions: Sessions, prompt: Pick<Prompt, 'choose'>): Promise<void> {
  const agreed = await prompt.choose({
    message: l10n.t('Your stored Reltio sign-ins cannot be read. Remove them?'),
    detail: l10n.t('Their tokens are not revoked: they stay valid at Reltio until they expire.'),
    no: l10n.t('Keep'),
    choices: [l10n.t('Remove')],
  });
  if (agreed === undefined) {
    return;
  }
  await sessions.removeUnreadable();
  if (sessions.problem !== undefined) {
    throw sessions.problem;
  }
  void vscode.window.showInformationMessage(l10n.t('The stored Reltio sign-ins were removed.'));
}
