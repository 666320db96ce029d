import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds, contextKeys } from '../../editor/commandIds';
import { contextKey } from '../../editor/contextKey';
import type { Host } from '../../editor/host';

/** The walkthrough. VS Code shows it and remembers its steps; these keys tell it which ones are done. */
export function register(_core: Core, host: Host): vscode.Disposable {
  const { environmentInUse } = host;
  const hasEnvironment = contextKey(contextKeys.hasEnvironment);
  const show = (): void => {
    hasEnvironment(environmentInUse.all.length > 0);
  };
  contextKey(contextKeys.active)(true);
  show();
  return vscode.Disposable.from(
    { dispose: environmentInUse.onDidChange(show) },
    host.command(commandIds.getStarted, async () => {
      const { openWalkthrough } = await import('./openWalkthrough');
      await openWalkthrough();
    }),
  );
}
