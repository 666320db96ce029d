import * as vscode from 'vscode';
import type { ClipboardGuard } from './clipboardGuard';

/** Takes the copied token off the clipboard now, and says what came of it. */
export async function clearCopied(clipboard: ClipboardGuard | undefined): Promise<void> {
  switch (await clipboard?.clear()) {
    case 'cleared':
      void vscode.window.showInformationMessage('The copied token was removed from the clipboard.');
      return;
    case 'failed':
      void vscode.window.showWarningMessage('The clipboard cannot be cleared now. Copy something else over the token.');
      return;
    default:
      void vscode.window.showInformationMessage('No token copied in this window is on the clipboard.');
  }
}
