import { join } from 'node:path';
import type * as vscode from 'vscode';

/** The folders that all windows of an installation share, as paths. */
export interface StorageFolders {
  readonly root: string;
  readonly locks: string;
  readonly calls: string;
  readonly journal: string;
}

/** Undefined if there is no file system. */
export function storageFolders({ globalStorageUri }: vscode.ExtensionContext): StorageFolders | undefined {
  const root = globalStorageUri.fsPath;
  return globalStorageUri.scheme === 'file'
    ? { root, locks: join(root, 'locks'), calls: join(root, 'calls'), journal: join(root, 'journal') }
    : undefined;
}
