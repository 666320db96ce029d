import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensionId } from '../../src/editor/messages/extensionId';
import { until } from './reltio';

const builtIn = 'vscode.github-authentication';

/**
 * From the table of VS Code's own Startup Performance page: the milliseconds to load the code, to call `activate`, and until
 * its promise is resolved, for ours and for a built-in authentication extension.
 */
export async function startTimes(): Promise<Record<string, number>> {
  await vscode.extensions.getExtension(builtIn)?.activate();
  await vscode.commands.executeCommand('perfview.show');
  const text = (): string => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'perf')?.getText() ?? '';
  await until('the page has the times', () => text().includes(extensionId) && text().includes(builtIn));
  const rows = text()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const heads = rows.find((cells) => cells.includes('Call Activate'));
  const timesOf = (id: string): readonly number[] => {
    const row = rows.find((cells) => cells.includes(id));
    return ['Load Code', 'Call Activate', 'Finish Activate'].map((head) => Number(row?.[heads?.indexOf(head) ?? -1]));
  };
  const [own, other] = [timesOf(extensionId), timesOf(builtIn)];
  assert.ok([...own, ...other].every(Number.isFinite), text());
  return {
    'load code': own[0]!,
    'call activate': own[1]!,
    'finish activate': own[2]!,
    'load code of the built-in one': other[0]!,
    'call activate of the built-in one': other[1]!,
    'finish activate of the built-in one': other[2]!,
  };
}
