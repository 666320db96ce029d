import * as vscode from 'vscode';
import type { Core } from '../../../core/core';
import { once } from '../../../core/base/once';
import type { Host } from '../../../editor/host';
import type { TokenAccess } from '../access/tokenAccess';
import type { TerminalCommand } from './terminalCommand';

type Command = Pick<TerminalCommand, 'update' | 'close' | 'forget'>;

/** The command `reltio-token` in the terminals of this window. */
export function registerTerminal(core: Core, host: Host, loadAccess: () => Promise<TokenAccess>): vscode.Disposable {
  return keepUpToDate(core, host, async () => {
    const [{ TerminalCommand: Late }, access] = await Promise.all([import('./terminalCommand'), loadAccess()]);
    return new Late(core, host, access);
  });
}

/** @param make loads the command, which happens only when the sessions are loaded */
export function keepUpToDate(core: Core, host: Host, make: () => Promise<Command>): vscode.Disposable {
  let loaded: Command | undefined;
  const load = once(async () => (loaded = await make()));
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
