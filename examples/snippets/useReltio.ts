import * as vscode from 'vscode';
import { Reltio } from '../consumer/reltio';

export function activate(context: vscode.ExtensionContext): void {
  const reltio = new Reltio(context.workspaceState);
  const listTenants = async (): Promise<void> => {
    const response = await reltio.fetch('dev', '/reltio/enhancedTenants?showAll=true', { prompt: 'ask' });
    console.log(await response.json());
  };
  context.subscriptions.push(vscode.commands.registerCommand('yours.listTenants', listTenants));
}
