import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds, type CommandId } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import { sentenceFor } from '../../editor/messages/lateMessages';

/**
 * Commands for other extensions: JSON in and out, no secret in either, and nothing is sent to any server. They never
 * reject: who handles a failed call must not have to handle another failure.
 */
export function register(core: Core, host: Host): vscode.Disposable {
  const command = (id: CommandId, name: keyof typeof import('./answers'), otherwise: (sentence: string) => object) =>
    vscode.commands.registerCommand(id, async (question?: unknown) => {
      try {
        return await (await import('./answers'))[name](core, host, question);
      } catch (error) {
        host.noticeOutdated(error); // VS Code may have deleted the files of this version
        return otherwise(await sentenceFor(error));
      }
    });
  return vscode.Disposable.from(
    command(commandIds.environments, 'environments', (problem) => ({ environments: [], problem })),
    command(commandIds.activeAccount, 'activeAccount', (problem) => ({ state: 'unavailable', problem })),
    command(commandIds.explain, 'explain', (message) => ({ kind: 'unknown', message })),
  );
}
