import * as vscode from 'vscode';
import { examine, type DiagnosisParts } from './examine';
import { reportText } from './report';

export { gather } from './gather'; // loaded together: a separate bundle file would repeat much of this code

const scheme = 'reltio-diagnosis';

/** Checks everything that a sign-in depends on, and shows the findings as a read-only document. */
export class Diagnosis implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => this.texts.get(path) ?? '',
  });

  async run(gather: () => Promise<DiagnosisParts>): Promise<void> {
    const text = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Reltio', cancellable: true },
      (progress, token) => this.examine(gather, progress, token),
    );
    if (text !== undefined) {
      await this.show(text);
    }
  }

  dispose(): void {
    this.registration.dispose();
  }

  /** Undefined when the user cancels. */
  private async examine(
    gather: () => Promise<DiagnosisParts>,
    progress: vscode.Progress<{ message: string }>,
    token: vscode.CancellationToken,
  ): Promise<string | undefined> {
    const cancelled = new AbortController();
    const subscription = token.onCancellationRequested(() => {
      cancelled.abort();
    });
    try {
      const parts = await gather();
      const step = (what: string): void => {
        progress.report({ message: `Checking ${what} …` });
      };
      return reportText(await examine(parts, step, cancelled.signal), parts.clock.now());
    } catch (error) {
      if (cancelled.signal.aborted) {
        return undefined;
      }
      throw error;
    } finally {
      subscription.dispose();
    }
  }

  private async show(text: string): Promise<void> {
    // Each run gets its own name: VS Code does not re-read the text of an open document.
    const path = `/Reltio sign-in diagnosis ${this.texts.size + 1}.md`;
    this.texts.set(path, text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
    await vscode.window.showTextDocument(document, { preview: false });
  }
}
