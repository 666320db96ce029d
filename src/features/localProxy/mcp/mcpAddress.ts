import * as vscode from 'vscode';
import { mcpPath } from '../../../core/localProxy/mcpPath';
import type { Environment } from '../../../editor/settings/environments';
import { addressSegment } from '../addressSegment';

/**
 * The address of an environment's MCP server behind the local proxy. VS Code calls `toString(true)` of it, which encodes
 * next to nothing. So the name is encoded here, and not decoded by `Uri.parse`: one like `a/b` or `50%` would lead elsewhere.
 */
export function mcpAddress(port: number | undefined, { name }: Pick<Environment, 'name'>): vscode.Uri {
  const authority = port === undefined ? '127.0.0.1' : `127.0.0.1:${port}`;
  return vscode.Uri.from({ scheme: 'http', authority, path: `/${addressSegment(name)}${mcpPath}` });
}
