import * as vscode from 'vscode';
import { extensionId } from '../../editor/messages/extensionId';

/** The walkthrough of package.json, opened in the group of editors that is in use, not beside it. */
export async function openWalkthrough(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openWalkthrough', `${extensionId}#getStarted`, false);
}
