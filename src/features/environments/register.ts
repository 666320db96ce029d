import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';

/** Which environment this workspace uses. */
export function register({ sessions }: Core, host: Host): vscode.Disposable {
  const { environmentInUse } = host;
  environmentInUse.askWith(async (choices) => {
    const { pickEnvironment } = await import('./switchEnvironment');
    return await pickEnvironment(choices, undefined);
  });
  void environmentInUse.update();
  return vscode.Disposable.from(
    host.command(commandIds.switchEnvironment, async () => {
      const { switchEnvironment } = await import('./switchEnvironment');
      await switchEnvironment(sessions, host);
    }),
  );
}
