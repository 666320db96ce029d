import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds, contextKeys } from '../../editor/commandIds';
import { contextKey } from '../../editor/contextKey';
import type { Host } from '../../editor/host';

/**
 * After an installation, VS Code decides within five seconds whether to open the walkthrough (`gettingStartedService.ts`, since
 * before 1.103). Until then, the key must not say that the extension is active: without it, VS Code opens the walkthrough
 * only if no editor is open (milliseconds).
 */
const installationTime = 10_000;

/** The walkthrough. VS Code shows it and remembers its steps; these keys tell it which ones are done. */
export function register({ clock }: Core, host: Host): vscode.Disposable {
  const { environmentInUse } = host;
  const isActive = contextKey(contextKeys.active);
  const hasEnvironment = contextKey(contextKeys.hasEnvironment);
  const show = (): void => {
    hasEnvironment(environmentInUse.all.length > 0);
  };
  show();
  return vscode.Disposable.from(
    {
      dispose: clock.after(installationTime, () => {
        isActive(true);
      }),
    },
    { dispose: environmentInUse.onDidChange(show) },
    host.command(commandIds.getStarted, async () => {
      isActive(true);
      const { openWalkthrough } = await import('./openWalkthrough');
      await openWalkthrough();
    }),
  );
}
