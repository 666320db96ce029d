import * as vscode from 'vscode';
import { Reltio, ReltioError } from '../consumer/reltio';

export async function countTenants(context: vscode.ExtensionContext): Promise<void> {
  const reltio = new Reltio(context.workspaceState);
  try {
    const response = await reltio.fetch('dev', '/reltio/enhancedTenants?showAll=true', { prompt: 'ask' });
    const tenants = (await response.json()) as unknown[];
    void vscode.window.showInformationMessage(`${tenants.length} tenants`);
  } catch (error) {
    if (error instanceof ReltioError) void vscode.window.showErrorMessage(error.message);
  }
}
