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

/** Names of the settings, of all that concern us, to which the person gave a value. */
export function settingsInUse(): readonly string[] {
  const names = ['reltioAuth', 'http'].flatMap((section) =>
    Object.keys(vscode.workspace.getConfiguration(section)).map((name) => `${section}.${name}`),
  );
  const settings = vscode.workspace.getConfiguration();
  const leaves = names.flatMap((name) => (name === 'reltioAuth.network' ? ownNetworkSettings : [name]));
  return leaves.filter((name) => settings.inspect(name)?.globalValue !== undefined);
}

const ownNetworkSettings = ['proxy', 'caFile', 'clientCertificate'].map((name) => `reltioAuth.network.${name}`);

/** As VS Code itself reads `http.` settings for a local extension host: a workspace does not decide where we connect. */
function personal(name: string): unknown {
  const found = vscode.workspace.getConfiguration().inspect<unknown>(name);
  return found?.globalValue ?? found?.defaultValue;
}
