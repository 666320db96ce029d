import * as vscode from 'vscode';
import { contextKeys } from '../../../editor/commandIds';

/** The command of Reltio IDE that asks for a token. It was under two publishers, so the command is the name to know it by. */
export const provideToken = 'reltio.provideToken';

/** Shows "Use in Reltio IDE" in the command palette, or hides it. A local window is not asked for its thousands of commands. */
export async function showInPalette(): Promise<void> {
  const isShown = vscode.env.remoteName === undefined ? isContributed() : await isReltioIdeInstalled();
  await vscode.commands.executeCommand('setContext', contextKeys.reltioIde, isShown);
}

/**
 * Whether Reltio IDE can be asked. In a remote window it may run in another extension host, whose extensions are not listed
 * here; then its command is there as soon as it is active.
 */
export async function isReltioIdeInstalled(): Promise<boolean> {
  return isContributed() || (await isRegistered());
}

async function isRegistered(): Promise<boolean> {
  return (await vscode.commands.getCommands(true)).includes(provideToken);
}

function isContributed(): boolean {
  return vscode.extensions.all.some(({ packageJSON }) => contributesCommand(packageJSON));
}

/** Other extensions may have written anything there. `commands` is a list, or one command. */
function contributesCommand(manifest: unknown): boolean {
  const contributed = [field(field(manifest, 'contributes'), 'commands')].flat();
  return contributed.some((one) => field(one, 'command') === provideToken);
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
