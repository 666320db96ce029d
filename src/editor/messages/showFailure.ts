import * as vscode from 'vscode';
import { describe, isCancelled, remedyFor } from './messages';
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
  if (remedy === undefined) {
    await vscode.window.showErrorMessage(describe(error));
    return;
  }
  const button = remedyButtons[remedy];
  const pressed = await vscode.window.showErrorMessage(describe(error), button.title);
  if (pressed !== undefined) {
    await vscode.commands.executeCommand(button.command, ...button.arguments(sessionId));
  }
}
