import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';

/** The environments of the user, and which one this workspace uses. */
export function register(core: Core, host: Host): vscode.Disposable {
  const { environmentInUse } = host;
  environmentInUse.askWith(async (choices) => {
    const { askForEnvironment } = await import('./environmentCommands');
    return await askForEnvironment(choices, core, host);
  });
  void environmentInUse.update();
  return vscode.Disposable.from(
    host.command(commandIds.switchEnvironment, async () => {
      const { switchEnvironment } = await import('./environmentCommands');
      await switchEnvironment(core, host);
    }),
    host.command(commandIds.addEnvironment, async () => {
      const { addEnvironment } = await import('./environmentCommands');
      await addEnvironment(core, host);
    }),
    host.command(commandIds.importEnvironments, async () => {
      const { importEnvironments } = await import('./environmentCommands');
      await importEnvironments(host);
    }),
  );
}
