import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { Failure } from '../../../core/base/failure';
import { replacePrivately } from '../../../core/base/privateFile';

/**
 * Saves a text that contains the key where the user says. Only the user may read the file, where the disk can do that. The
 * suggested folder is not the workspace: files there are committed.
 *
 * @throws {Failure} `cancelled` if the user chooses no place
 * @throws {Error} if it cannot be written there
 */
export async function savePrivately(title: string, fileName: string, text: string): Promise<void> {
  const uri = await vscode.window.showSaveDialog({
    title,
    defaultUri: vscode.Uri.file(join(homedir(), fileName)),
    filters: { JSON: ['json'] },
  });
  if (uri === undefined) {
    throw new Failure('cancelled');
  }
  await (uri.scheme === 'file'
    ? replacePrivately(uri.fsPath, text)
    : vscode.workspace.fs.writeFile(uri, Buffer.from(text)));
}
