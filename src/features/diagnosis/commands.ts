import { release } from 'node:os';
import * as vscode from 'vscode';
import type { Network } from '../../core/network/network';
import type { Clock } from '../../core/base/clock';
import type { Log } from '../../core/base/log';
import type { Sessions } from '../../core/sessions/sessions';
import { command } from '../../editor/command';
import type { Diagnosis } from './diagnose';
import type { Place } from './placeFindings';
import type { NetworkConfiguration } from '../../editor/settings/networkConfiguration';
import type { PersonalSettings, Side } from '../../editor/settings/personalSettings';
import { settingsInUse } from './settingsInUse';
import type { Settings } from '../../editor/settings/settings';

export interface DiagnosisCommandParts {
  readonly extension: vscode.Extension<unknown>;
  readonly lockFolder: string | undefined;
  readonly side: Side;
  readonly personal: PersonalSettings;
  readonly settings: Settings;
  readonly configuration: NetworkConfiguration;
  readonly network: Network;
  readonly passphrase: () => Promise<string | undefined>;
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly log: Log;
}

/** The command that finds out why signing in does not work. */
export function diagnosisCommands(parts: DiagnosisCommandParts): readonly vscode.Disposable[] {
  const { settings, configuration, log } = parts;
  let diagnosis: Diagnosis | undefined;
  return [
    command('reltioAuth.diagnose', log, async () => {
      diagnosis ??= new (await import('./diagnose')).Diagnosis();
      await diagnosis.run(async () => {
        const { environments, identityServers, faults } = await settings.read();
        return {
          ...parts,
          place: place(parts),
          settingsInUse: namesInUse(parts),
          settingProblems: faults.map(({ shareable }) => shareable),
          identityServers,
          environmentServers: environments.map(({ identityServer }) => identityServer),
          networkSettings: configuration.read(),
        };
      });
    }),
    { dispose: () => diagnosis?.dispose() },
  ];
}

function namesInUse({ extension, personal }: DiagnosisCommandParts): readonly string[] {
  const { contributes } = extension.packageJSON as { contributes: { configuration: { properties: object } } };
  const http = vscode.workspace.getConfiguration('http');
  return settingsInUse(Object.keys(contributes.configuration.properties), http, (name) => personal.isSet(name));
}

function place({ extension, side }: DiagnosisCommandParts): Place {
  const { version } = extension.packageJSON as { version: string };
  return {
    runsOn: side,
    remoteName: vscode.env.remoteName,
    inBrowser: vscode.env.uiKind === vscode.UIKind.Web,
    platform: `${process.platform} ${release()}`,
    architecture: process.arch,
    versions: {
      'Reltio Authentication': version,
      [vscode.env.appName]: vscode.version,
      Node: process.versions.node,
      OpenSSL: process.versions.openssl,
    },
  };
}
