import * as vscode from 'vscode';
import { describe, isCancelled, remedyFor } from './messages';
import { remedyButtons } from './remedyButtons';

/**
 * Shows what failed, with a button for what helps. Shows nothing where the user left a box.
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
