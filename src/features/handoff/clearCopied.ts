import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ClipboardGuard } from './clipboardGuard';

/** Clears the copied token from the clipboard now, and shows the result. */
export async function clearCopied(clipboard: ClipboardGuard | undefined): Promise<void> {
  switch (await clipboard?.clear()) {
    case 'cleared':
      void vscode.window.showInformationMessage(l10n.t('The copied token was removed from the clipboard.'));
      return;
    case 'failed':
      void vscode.window.showWarningMessage(
        l10n.t('The clipboard cannot be cleared now. Copy something else to replace the token.'),
      );
      return;
    default:
      void vscode.window.showInformationMessage(l10n.t('The clipboard holds no token that was copied in this window.'));
  }
}
