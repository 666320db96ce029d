import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import type { Host } from '../../editor/host';

/** Commands for other extensions: JSON in and out, and no secret in either. */
export function register(_core: Core, _host: Host): vscode.Disposable {
  return vscode.Disposable.from();
}
