import * as vscode from 'vscode';
import { examine, type Examined } from './examine';
import { reportText } from './report';

export { gather } from './gather'; // loaded together: a bundle file of its own would contain much of this again

const scheme = 'reltio-diagnosis';

/** Checks everything between the user and a token, and shows the findings as a read-only document. */
export class Diagnosis implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => this.texts.get(path) ?? '',
  });

  async run(gather: () => Promise<Examined>): Promise<void> {
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
    gather: () => Promise<Examined>,
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
    // Each run gets a name of its own: VS Code does not read the text of an open document again.
    const path = `/Reltio sign-in diagnosis ${this.texts.size + 1}.md`;
    this.texts.set(path, text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
    await vscode.window.showTextDocument(document, { preview: false });
  }
}
