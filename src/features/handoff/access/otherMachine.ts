import * as vscode from 'vscode';
import type { Host } from '../../../editor/host';

/** Whether the terminals of this window run on another machine than this extension: they reach no socket here. */
export function isOnOtherMachine({ side }: Pick<Host, 'side'>): boolean {
  return side === 'ui' && vscode.env.remoteName !== undefined;
}
