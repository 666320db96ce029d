import * as vscode from 'vscode';
import type { Core } from '../../../core/core';
import { commandIds } from '../../../editor/commandIds';
import type { Host } from '../../../editor/host';
import type { CopyParts } from '../copy';

/** "Use in Reltio IDE", where Reltio's own extension is installed. */
export function registerReltioIde(
  core: Core,
  host: Host,
  loadClipboard: CopyParts['loadClipboard'],
): vscode.Disposable {
  const look = async (): Promise<void> => {
    await (await import('./installed')).showInPalette();
  };
  const lookLater = (): void => {
    look().catch(host.noticeOutdated); // the command is shown after the reload
  };
  void core.load().then(lookLater);
  return vscode.Disposable.from(
    host.command(commandIds.useInReltioIde, async (sessionId, about) => {
      const { useInReltioIde } = await import('./useInReltioIde');
      const { copyParts } = await import('../copy');
      await useInReltioIde(sessionId, about, copyParts(core, host, loadClipboard));
    }),
    vscode.extensions.onDidChange(lookLater),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && vscode.env.remoteName !== undefined) {
        lookLater(); // it may have become active in the other extension host, and nothing reports that
      }
    }),
  );
}
