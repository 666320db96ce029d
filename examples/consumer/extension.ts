import * as vscode from 'vscode';
import { openConfiguration } from './openConfiguration';
import { Reltio } from './reltio';
import { signIn } from './signIn';
import { TenantsView } from './tenantsView';

export function activate(context: vscode.ExtensionContext): void {
  const reltio = new Reltio(context.workspaceState);
  const view = new TenantsView(reltio);
  context.subscriptions.push(
    view,
    vscode.commands.registerCommand('reltioExample.signIn', async () => {
      await signIn(reltio);
      await view.accountMayHaveChanged();
    }),
    vscode.commands.registerCommand('reltioExample.refresh', () => {
      view.refresh();
    }),
    vscode.commands.registerCommand('reltioExample.openConfiguration', (tenant?: unknown) =>
      openConfiguration(reltio, tenant),
    ),
    vscode.authentication.onDidChangeSessions(({ provider }) => {
      if (provider.id === 'reltio') void view.accountMayHaveChanged();
    }),
  );
}
