import * as vscode from 'vscode';
import { networkSettings, type NetworkSettings } from '../network/networkSettings';

/** The settings under which the network is reached, as VS Code keeps them. */
export class NetworkConfiguration implements vscode.Disposable {
  private value: NetworkSettings | undefined;
  private readonly subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http') || event.affectsConfiguration('reltioAuth.network')) {
      this.value = undefined;
    }
  });

  /** The same object until something changes. */
  readonly read = (): NetworkSettings => (this.value ??= readNetworkSettings());

  dispose(): void {
    this.subscription.dispose();
  }
}

export function readNetworkSettings(): NetworkSettings {
  return networkSettings(personal);
}

/** As VS Code itself reads `http.` settings for a local extension host: a workspace does not decide where we connect. */
function personal(name: string): unknown {
  const found = vscode.workspace.getConfiguration().inspect<unknown>(name);
  return found?.globalValue ?? found?.defaultValue;
}
