import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { accountLabel, type Account } from '../../core/model/account';
import { providerId } from '../../editor/providerId';

/**
 * Opens VS Code's own list of the extensions that may use this account. The gear of each one leads to its account
 * preferences (`manageTrustedExtensionsForAccountAction.ts` of VS Code, since before 1.103). The list of preferences itself
 * (`_manageAccountPreferencesForExtension`) needs the id of an extension, and no provider learns which one asks it.
 */
export async function showTrustedExtensions(account: Account): Promise<void> {
  const label = accountLabel(account);
  try {
    await vscode.commands.executeCommand('_manageTrustedExtensionsForAccount', { providerId, accountLabel: label });
  } catch {
    // The command is internal, so a later VS Code may not have it.
    void vscode.window.showInformationMessage(
      l10n.t(
        'Open the Accounts menu at the bottom of the Activity Bar, then {0}, then Manage Trusted Extensions.',
        label,
      ),
    );
  }
}
