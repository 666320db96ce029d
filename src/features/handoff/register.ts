import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { once } from '../../core/base/once';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import type { ClipboardGuard } from './clipboardGuard';
import type { CopyForm } from './copy';
import { registerReltioIde } from './reltioIde/registerReltioIde';
import { registerRequestFiles } from './requestFiles/registerRequestFiles';
import { registerTerminal } from './terminal/registerTerminal';

/** Where the token itself is needed: the commands that copy it, and the programs of this workspace that ask for it. */
export function register(core: Core, host: Host): vscode.Disposable {
  const { clock, log } = core;
  const { settings, copied } = host;
  const canClear = vscode.env.uiKind === vscode.UIKind.Desktop;
  let clipboard: ClipboardGuard | undefined;
  const loadClipboard = async (): Promise<ClipboardGuard> => {
    const { ClipboardGuard: Guard } = await import('./clipboardGuard');
    return (clipboard ??= new Guard({
      clipboard: vscode.env.clipboard,
      clock,
      clearAfter: () => settings.value('clipboard.clearAfterSeconds'),
      canClear,
      onDidChange: show,
      log,
    }));
  };
  const show = (): void => {
    copied.set(clipboard?.copied);
  };
  const copyCommand =
    (form: CopyForm): Parameters<Host['command']>[1] =>
    async (sessionId, about) => {
      const { copy, copyParts } = await import('./copy');
      await copy(form, sessionId, about, copyParts(core, host, loadClipboard));
    };
  /** One for all who get tokens without a press of a button, so that they share what the user answers. */
  const loadAccess = once(async () => (await import('./access/tokenAccess')).tokenAccess(core, host));
  host.beforeClosing(async () => {
    await (canClear ? clipboard?.clear() : undefined); // works only if the window stays open: a closing one cannot reach the clipboard
  });
  return vscode.Disposable.from(
    host.command(commandIds.copyToken, copyCommand('token')),
    host.command(commandIds.copyAuthorizationHeader, copyCommand('header')),
    host.command(commandIds.copyCurl, copyCommand('curl')),
    host.command(commandIds.clearCopiedToken, async () => {
      const { clearCopied } = await import('./clearCopied');
      await clearCopied(clipboard);
    }),
    registerReltioIde(core, host, loadClipboard),
    host.command(commandIds.tokenAccess, async () => {
      const { changeTokenAccess } = await import('./access/changeTokenAccess');
      await changeTokenAccess(await loadAccess(), host);
    }),
    registerRequestFiles(core, host, loadAccess),
    registerTerminal(core, host, loadAccess),
    settings.onDidChange(() => {
      void clipboard?.check();
      show();
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        void clipboard?.check();
      }
    }),
  );
}
