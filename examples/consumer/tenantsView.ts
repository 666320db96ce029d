import * as vscode from 'vscode';
import { chooseEnvironment } from './chooseEnvironment';
import { type Reltio, ReltioError } from './reltio';
import { readTenants, type Tenant } from './tenant';

export class TenantsView implements vscode.TreeDataProvider<Tenant>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Tenant>;
  /** Whose tenants are shown, and of which environment. */
  private shown: { readonly environment: string; readonly account: string | undefined } | undefined;

  constructor(private readonly reltio: Reltio) {
    this.view = vscode.window.createTreeView('reltioExample.tenants', { treeDataProvider: this });
  }

  refresh(): void {
    this.changed.fire();
  }

  /** VS Code says only that something changed. Mostly it was a refreshed token, which is no reason to call Reltio. */
  async accountMayHaveChanged(): Promise<void> {
    const { shown } = this;
    if (shown !== undefined) {
      const session = await this.reltio.getSession(shown.environment).catch(() => undefined);
      if (session?.account.id === this.shown?.account) return;
      this.shown = { ...shown, account: session?.account.id }; // more events may come before the view is drawn
    }
    this.refresh();
  }

  getTreeItem({ id, name }: Tenant): vscode.TreeItem {
    const item = new vscode.TreeItem(name);
    item.description = id;
    return item;
  }

  /** VS Code calls this when the view becomes visible: no question now, only an entry in the Accounts menu. */
  async getChildren(): Promise<Tenant[]> {
    try {
      const environment = await chooseEnvironment(await this.reltio.environments(), 'offer');
      const session = environment && (await this.reltio.getSession(environment.name, 'offer'));
      this.shown = environment && { environment: environment.name, account: session?.account.id };
      await vscode.commands.executeCommand('setContext', 'reltioExample.hasAccess', session !== undefined);
      this.show(session === undefined ? '' : `${environment?.name} as ${session.account.label}`);
      if (environment === undefined || session === undefined) return [];
      const response = await this.reltio.fetch(environment.name, '/reltio/enhancedTenants?showAll=true');
      return readTenants(environment.name, await response.json());
    } catch (error) {
      this.show('', error instanceof ReltioError ? error.message : 'The tenants cannot be listed.');
      return [];
    }
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  private show(description: string, message = ''): void {
    this.view.description = description;
    this.view.message = message;
  }
}
