import * as vscode from 'vscode';
import { type Reltio } from './reltio';
import { isTenant } from './tenant';

/** Shows the configuration of a tenant. It returns nothing: another extension could run the command to get the data. */
export async function openConfiguration(reltio: Reltio, tenant: unknown): Promise<void> {
  if (!isTenant(tenant)) return;
  const path = `/reltio/api/${encodeURIComponent(tenant.id)}/configuration`;
  const options = { location: vscode.ProgressLocation.Notification, title: 'Asking Reltio …', cancellable: true };
  try {
    const text = await vscode.window.withProgress(options, async (_progress, cancel) => {
      const abort = new AbortController();
      cancel.onCancellationRequested(() => {
        abort.abort();
      });
      const response = await reltio.fetch(tenant.environment, path, { prompt: 'ask', signal: abort.signal });
      return await response.text();
    });
    const document = await vscode.workspace.openTextDocument({ language: 'json', content: text });
    await vscode.window.showTextDocument(document);
  } catch (error) {
    if (error instanceof Error && error.name !== 'AbortError') void vscode.window.showErrorMessage(error.message);
  }
}
