import * as vscode from 'vscode';
import { networkSettings, type NetworkSettings } from '../../core/network/networkSettings';
import type { PersonalSettings } from './personalSettings';
import { section } from './settingTable';

/** The current network settings from VS Code's configuration. */
export class NetworkConfiguration implements vscode.Disposable {
  private value: NetworkSettings | undefined;
  private readonly subscription = vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration('http') || event.affectsConfiguration(`${section}.network`)) {
      this.value = undefined;
    }
  });

  constructor(private readonly personal: PersonalSettings) {}

  /** The same object until something changes. */
  readonly read = (): NetworkSettings => (this.value ??= readNetworkSettings(this.personal));

  dispose(): void {
    this.subscription.dispose();
  }
}

export function readNetworkSettings(personal: PersonalSettings): NetworkSettings {
  const own = {
    proxy: personal.own('network.proxy'),
    caFile: personal.own('network.caFile'),
    clientCertificate: personal.own('network.clientCertificate'),
  };
  return networkSettings(own, (name) => personal.read(`http.${name}`));
}
