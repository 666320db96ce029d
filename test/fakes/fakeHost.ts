import './fakeVscode';
import type * as vscode from 'vscode';
import { LateNetwork } from '../../src/core/network/lateNetwork';
import { AccountInUse } from '../../src/editor/accountInUse';
import { command } from '../../src/editor/command';
import { CopiedTokenState } from '../../src/editor/copiedToken';
import { EnvironmentInUse } from '../../src/editor/environmentInUse';
import type { Host } from '../../src/editor/host';
import { LocalProxyState } from '../../src/editor/localProxyState';
import { NetworkConfiguration } from '../../src/editor/settings/networkConfiguration';
import { PersonalSettings } from '../../src/editor/settings/personalSettings';
import { Settings } from '../../src/editor/settings/settings';
import { SignIn } from '../../src/editor/signIn';
import { methods } from '../../src/features/signIn/methods/methods';
import { FakeMemory } from './fakeMemory';
import { FakeTerminalVariables } from './fakeTerminalVariables';
import { scriptedPrompt } from './scriptedPrompt';
import type { TestCore } from './installation';

/** A `Host` for features: real services if they work the same in a test, and nothing of VS Code. */
export function fakeHost({ real: core, secrets }: TestCore, changes: Partial<Host> = {}): Host {
  const { sessions, clock } = core;
  const personal = new PersonalSettings('ui');
  const settings = new Settings(personal);
  const networkSettings = new NetworkConfiguration(personal);
  const { workspaceState = new FakeMemory() } = changes;
  const loadPrompt = () => Promise.resolve(scriptedPrompt([]));
  const accountInUse = new AccountInUse(sessions, workspaceState, core.log);
  const readEnvironments = async () => (await settings.read()).environments;
  const passphrase = () => Promise.resolve(undefined);
  return {
    extension: { packageJSON: { version: '0.0.0' } } as vscode.Extension<unknown>,
    side: 'ui',
    globalState: new FakeMemory(),
    workspaceState,
    terminalVariables: new FakeTerminalVariables().asCollection(),
    env: {},
    folders: undefined,
    secrets,
    personal,
    settings,
    networkSettings,
    network: new LateNetwork({
      userAgent: 'test',
      mayReceiveSecrets: () => Promise.resolve(false),
      settings: networkSettings.read,
      passphrase,
      env: {},
      onChoice: () => undefined,
    }),
    log: {
      info: (event, fields) => {
        core.log.info(event, fields);
      },
      warn: (event, fields) => {
        core.log.warn(event, fields);
      },
      show: () => undefined,
      dispose: () => undefined,
    },
    seam: undefined,
    passphrase,
    loadPrompt,
    isFocused: () => true,
    isBesideBrowser: () => true,
    openBrowser: () => Promise.resolve(false),
    copyText: () => Promise.resolve(),
    command: (id, work) => command(id, core.log, work),
    accountInUse,
    environmentInUse: new EnvironmentInUse({
      accountInUse,
      readEnvironments,
      memory: workspaceState,
      log: core.log,
    }),
    signIn: new SignIn(loadPrompt, clock),
    copied: new CopiedTokenState(),
    localProxy: new LocalProxyState(),
    reportSettings: () => Promise.resolve(),
    methods,
    offerRemedy: () => undefined,
    noticeOutdated: () => undefined,
    beforeClosing: () => undefined,
    close: () => Promise.resolve(),
    beforeForgetting: () => undefined,
    endUses: () => Promise.resolve(),
    dispose: () => undefined,
    ...changes,
  };
}
