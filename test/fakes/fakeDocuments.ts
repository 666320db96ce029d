import './fakeQuickInput';
import * as vscode from 'vscode';

/** The texts of the read-only documents that were shown, the last one at the end. */
export const shownDocuments: string[] = [];

type Provider = { provideTextDocumentContent(uri: vscode.Uri): string };
const providers = new Map<string, Provider>();

Object.assign(vscode.workspace, {
  registerTextDocumentContentProvider: (scheme: string, provider: Provider) => {
    providers.set(scheme, provider);
    return { dispose: () => providers.delete(scheme) };
  },
  openTextDocument: (uri: vscode.Uri) => Promise.resolve(providers.get(uri.scheme)?.provideTextDocumentContent(uri)),
});
Object.assign(vscode.window, {
  showTextDocument: (text: string) => {
    shownDocuments.push(text);
    return Promise.resolve();
  },
});

/** Cancels the work that shows its progress from now on, as soon as it asks whether it was cancelled. */
export const progress = { isCancelled: false };

Object.assign(vscode.window, {
  withProgress: <T>(_options: unknown, work: (report: object, token: object) => Promise<T>) =>
    work(
      {},
      {
        onCancellationRequested: (listener: () => void) => {
          if (progress.isCancelled) listener();
          return { dispose: () => undefined };
        },
      },
    ),
});
