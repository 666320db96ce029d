import { release } from 'node:os';
import * as vscode from 'vscode';
import { within } from '../../core/base/clock';
import type { Core } from '../../core/core';
import type { Host } from '../../editor/host';
import type { DiagnosisParts } from './examine';
import type { RuntimeFacts } from './runtimeFindings';
import { settingsInUse } from './settingsInUse';

/** The longest wait for the history, which may be on a drive that does not respond (milliseconds). */
const patience = 2_000;

/** What a diagnosis starts from. */
export async function gather({ sessions, clock, history }: Core, host: Host): Promise<DiagnosisParts> {
  const { network, networkSettings, passphrase, folders } = host;
  const { environments, identityServers, faults } = await host.settings.read();
  return {
    runtime: place(host),
    settingsInUse: namesInUse(host),
    settingProblems: faults.map(({ shareable }) => shareable),
    identityServers,
    environmentServers: environments.map(({ identityServer }) => identityServer),
    networkSettings: networkSettings.read(),
    network: await network.load(),
    passphrase,
    lockFolder: folders?.locks,
    sessions,
    past: {
      entries: await within(clock, patience, history.read(), () => []),
      refreshTokenDays: host.settings.value('refreshTokenDays'),
    },
    clock,
  };
}

function namesInUse({ personal }: Host): readonly string[] {
  const http = vscode.workspace.getConfiguration('http');
  return settingsInUse(http, (name) => personal.isSet(name));
}

function place({ extension, side }: Host): RuntimeFacts {
  const { version } = extension.packageJSON as { version: string };
  return {
    runsOn: side,
    remoteName: vscode.env.remoteName,
    inBrowser: vscode.env.uiKind === vscode.UIKind.Web,
    platform: `${process.platform} ${release()}`,
    architecture: process.arch,
    language: vscode.env.language,
    versions: {
      'Reltio Authentication': version,
      [vscode.env.appName]: vscode.version,
      Node: process.versions.node,
      OpenSSL: process.versions.openssl,
    },
  };
}
