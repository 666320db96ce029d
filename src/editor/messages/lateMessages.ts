import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isWindowOutdated } from '../../core/base/failure';
import { outdatedSentence } from './outdatedSentence';

/** The sentence for any thrown value; see `describe`. The sentences are loaded by the first failure. */
export async function sentenceFor(error: unknown): Promise<string> {
  try {
    const { describe } = await import('./messages');
    return describe(error);
  } catch (missing) {
    if (isWindowOutdated(missing)) {
      return outdatedSentence();
    }
    throw missing;
  }
}

/** Shows a failure, with a button for the remedy; see `showFailure.ts`. Does not wait until the user closes the message. */
export async function showFailure(error: unknown, sessionId?: string): Promise<void> {
  try {
    const { showFailure: show } = await import('./showFailure');
    void show(error, sessionId);
  } catch (missing) {
    if (!isWindowOutdated(missing)) {
      throw missing;
    }
    void showOutdated();
  }
}

/** The one failure that must be shown without any other file of the extension. */
export async function showOutdated(): Promise<void> {
  const reload = l10n.t('Reload Window');
  if ((await vscode.window.showErrorMessage(outdatedSentence(), reload)) === reload) {
    await vscode.commands.executeCommand('workbench.action.reloadWindow');
  }
}
