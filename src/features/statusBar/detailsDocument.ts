import * as vscode from 'vscode';

const scheme = 'reltio-auth';
const uri = vscode.Uri.from({ scheme, path: '/Reltio Sessions.txt' });

/** The details as a read-only document, which is kept up to date while it is open. */
export class DetailsDocument implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, this);

  constructor(private readonly text: () => Promise<string>) {}

  provideTextDocumentContent(): Promise<string> {
    return this.text();
  }

  async show(): Promise<void> {
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: true });
  }

  /** Updates the text if the document is open. */
  refresh(): void {
    if (vscode.workspace.textDocuments.some((document) => document.uri.scheme === scheme)) {
      this.changed.fire(uri);
    }
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
