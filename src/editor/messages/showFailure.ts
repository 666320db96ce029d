import * as vscode from 'vscode';
import { isCancelled, isFailure } from '../../core/base/failure';
import { describe, remedyFor } from './messages';
import { remedyButtons } from './remedyButtons';

/**
 * Shows a failure, with a button for the remedy. Shows nothing if the user cancelled.
 *
 * @param sessionId the session that failed, if any
 */
export async function showFailure(error: unknown, sessionId?: string): Promise<void> {
  if (isCancelled(error)) {
    return;
  }
  const remedy = remedyFor(error);
  const show = isNoError(error) ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  if (remedy === undefined) {
    await show(describe(error));
    return;
  }
  const button = remedyButtons[remedy];
  const pressed = await show(describe(error), button.title);
  if (pressed !== undefined) {
    await vscode.commands.executeCommand(button.command, ...button.arguments(sessionId));
  }
}

/** Nothing is wrong with the session: there is only nothing to do. */
function isNoError(error: unknown): boolean {
  return isFailure(error) && ['neverRefreshed', 'askedJustNow'].includes(error.code);
}
