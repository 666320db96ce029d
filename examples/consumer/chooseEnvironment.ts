import * as vscode from 'vscode';
import type { Environment, Prompt } from './reltio';

/** The environment that this workspace uses, or the only one. Otherwise the user picks one, if they may be asked. */
export async function chooseEnvironment(
  environments: readonly Environment[],
  prompt: Prompt,
): Promise<Environment | undefined> {
  const chosen = environments.find(({ inUse }) => inUse) ?? (environments.length === 1 ? environments[0] : undefined);
  if (chosen !== undefined || prompt !== 'ask') return chosen;
  if (environments.length === 0) {
    await vscode.commands.executeCommand('reltioAuth.addEnvironment');
    return undefined;
  }
  const items = environments.map((environment) => ({
    label: environment.name,
    description: environment.production ? 'production' : '',
    environment,
  }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which Reltio environment?' }))?.environment;
}
