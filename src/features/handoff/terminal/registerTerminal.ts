import * as vscode from 'vscode';
import type { Core } from '../../../core/core';
import { once } from '../../../core/base/once';
import type { Host } from '../../../editor/host';
import type { TokenAccess } from '../access/tokenAccess';
import type { TerminalCommand } from './terminalCommand';

/** The command `reltio-token` in the terminals of this window. Nothing is loaded before the sessions are. */
export function registerTerminal(core: Core, host: Host, loadAccess: () => Promise<TokenAccess>): vscode.Disposable {
  let loaded: TerminalCommand | undefined;
  const load = once(async () => {
    const [{ TerminalCommand: Command }, access] = await Promise.all([import('./terminalCommand'), loadAccess()]);
    return (loaded = new Command(core, host, access));
  });
  const update = async (): Promise<void> => {
    try {
      await core.load();
      await (await load()).update();
    } catch (error) {
      core.log.warn('terminals: command not loaded');
      host.noticeOutdated(error);
    }
  };
  void update();
  host.beforeClosing(async () => {
    await loaded?.close();
  });
  host.beforeForgetting(async () => {
    await (await load()).forget();
  });
  return vscode.Disposable.from(
    host.settings.onDidChange(update),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
    vscode.window.onDidOpenTerminal(update),
    vscode.window.onDidChangeWindowState(({ focused }) => (focused ? update() : undefined)),
    { dispose: core.onDidChangeSessions(() => void update()) },
  );
}
