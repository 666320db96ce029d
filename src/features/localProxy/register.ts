import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';

/** Reltio on localhost: the commands of the local proxy, and Reltio's MCP servers behind it. */
export function register(_core: Core, host: Host): vscode.Disposable {
  return vscode.Disposable.from(host.command(commandIds.startLocalProxy, () => undefined));
}
