import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';

/** The command that stores the passphrase of the client certificate's key. */
export function register(_core: Core, host: Host): vscode.Disposable {
  return host.command(commandIds.enterPassphrase, async () => {
    const { enterPassphrase } = await import('./enterPassphrase');
    const { secrets } = host;
    const prompt = await host.loadPrompt();
    if ((await enterPassphrase(host.networkSettings.read(), { prompt, secrets })) === 'notEncrypted') {
      void vscode.window.showInformationMessage(l10n.t('The key of your client certificate needs no passphrase.'));
    }
  });
}
