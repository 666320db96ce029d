import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { systemClock } from '../core/base/clock';
import { LateNetwork } from '../core/network/lateNetwork';
import type { SecretStore } from '../core/storage/secretStore';
import { command, type CommandWork } from './command';
import type { CommandId } from './commandIds';
import { logChannel, type LogChannel } from './log';
import type { ListedMemory } from './memory';
import { openBrowser } from './openBrowser';
import { unpackedTexts } from './messages/packedTexts';
import { passphraseKey } from './passphrase';
import type { Prompt } from './prompt/prompt';
import { contextSecrets } from './secrets/contextSecrets';
import { spacedWrites } from './secrets/spacedWrites';
import { NetworkConfiguration } from './settings/networkConfiguration';
import { PersonalSettings, type Side } from './settings/personalSettings';
import { Settings } from './settings/settings';
import { storageFolders, type StorageFolders } from './storageFolders';
import { testSeam, type TestSeam } from './testSeam';

/** VS Code, as this extension uses it. Knows nothing about sessions. */
export interface Editor extends vscode.Disposable {
  readonly extension: vscode.Extension<unknown>;
  /** The extension host that the extension runs in. */
  readonly side: Side;
  /** Shared by all windows of the user's profile. */
  readonly globalState: ListedMemory;
  /** Belongs to the workspace that is open in this window. */
  readonly workspaceState: ListedMemory;
  /** What this extension adds to the environment of terminals. VS Code tells the user about every change. */
  readonly terminalVariables: vscode.GlobalEnvironmentVariableCollection;
  /** The environment variables that VS Code was started with. */
  readonly env: NodeJS.ProcessEnv;
  readonly folders: StorageFolders | undefined;
  readonly secrets: SecretStore;
  readonly personal: PersonalSettings;
  readonly settings: Settings;
  readonly networkSettings: NetworkConfiguration;
  readonly network: LateNetwork;
  readonly log: LogChannel;
  readonly seam: TestSeam | undefined;
  /** The passphrase of the client certificate's key. */
  readonly passphrase: () => Promise<string | undefined>;
  /** @param deadline closes the boxes */
  readonly loadPrompt: (deadline?: AbortSignal) => Promise<Prompt>;
  /** Whether the user works in this window, as far as VS Code can tell. */
  readonly isFocused: () => boolean;
  /**
   * Whether the browser that VS Code opens runs on the same machine as this extension, so that it reaches a listener on
   * `localhost`. False if VS Code itself runs in a browser, and for an extension host on a remote machine.
   */
  readonly isBesideBrowser: () => boolean;
  /** Opens a page in the user's browser. False if VS Code, or the user whom it asks, did not open it. */
  readonly openBrowser: (url: string) => Promise<boolean>;
  readonly copyText: (text: string) => Promise<void>;
  command(id: CommandId, work: CommandWork): vscode.Disposable;
}

/** Reads nothing yet: the provider must be registered before any I/O. */
export function openEditor(context: vscode.ExtensionContext): Editor {
  const { extension, globalState, workspaceState, environmentVariableCollection: terminalVariables } = context;
  l10n.config({ contents: unpackedTexts(vscode.l10n.bundle ?? {}) }); // VS Code has read the bundle of its display language
  const side = extension.extensionKind === vscode.ExtensionKind.UI ? 'ui' : 'workspace';
  const log = logChannel();
  const personal = new PersonalSettings(side);
  const settings = new Settings(personal);
  const networkSettings = new NetworkConfiguration(personal);
  const stored = contextSecrets(context.secrets);
  const secrets = vscode.env.uiKind === vscode.UIKind.Web ? spacedWrites(stored, systemClock) : stored;
  const passphrase = (): Promise<string | undefined> => secrets.get(passphraseKey);
  const seam = testSeam(context);
  const { version } = extension.packageJSON as { version: string };
  const { env } = process;
  const network = new LateNetwork({
    userAgent: `reltio-auth/${version} VSCode/${vscode.version}`,
    mayReceiveSecrets: settings.mayReceiveSecrets,
    settings: networkSettings.read,
    passphrase,
    env,
    onChoice: (host, { client, why }) => {
      log.info('network: chosen', { host, client, why });
    },
  });
  return {
    extension,
    side,
    globalState,
    workspaceState,
    terminalVariables,
    env,
    folders: storageFolders(context),
    secrets,
    personal,
    settings,
    networkSettings,
    network,
    log,
    seam,
    passphrase,
    loadPrompt: async (deadline = new AbortController().signal) =>
      seam?.prompt ?? (await import('./prompt/quickInputPrompt')).quickInputPrompt(deadline),
    isFocused: () => seam?.isFocused ?? vscode.window.state.focused,
    isBesideBrowser: () =>
      vscode.env.uiKind === vscode.UIKind.Desktop && (side === 'ui' || vscode.env.remoteName === undefined),
    openBrowser,
    copyText: async (text) => {
      await vscode.env.clipboard.writeText(text);
    },
    command: (id, work) => command(id, log, work),
    dispose: () => {
      [networkSettings, network, settings, log].forEach((one) => {
        one.dispose();
      });
    },
  };
}
