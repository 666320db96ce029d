import * as vscode from 'vscode';
import { chooseEnvironment } from './chooseEnvironment';
import { openConfiguration } from './openConfiguration';
import { Reltio } from './reltio';
import { TenantsView } from './tenantsView';

export function activate(context: vscode.ExtensionContext): void {
  const reltio = new Reltio(context.workspaceState);
  const view = new TenantsView(reltio);
  context.subscriptions.push(
    view,
    vscode.commands.registerCommand('reltioExample.signIn', async () => {
      const environment = await chooseEnvironment(await reltio.environments(), 'ask');
      // The user has clicked, so they may be asked. Only then: a question that comes by itself is a nuisance.
      if (environment !== undefined) await reltio.getSession(environment.name, 'ask');
      view.refresh();
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
