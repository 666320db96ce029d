import './fakeVscode';
import * as vscode from 'vscode';

interface FakeDocument {
  readonly languageId: string;
}

/** The documents that are open. */
export const openDocuments: FakeDocument[] = [];

/** The files that a search in the workspace finds, and how often one was started. */
export const searched = { files: [] as string[], times: 0 };

const opened = new vscode.EventEmitter<FakeDocument>();
export function openDocument(document: FakeDocument): void {
  openDocuments.push(document);
  opened.fire(document);
}

Object.assign(vscode.workspace, {
  textDocuments: openDocuments,
  onDidOpenTextDocument: opened.event,
  findFiles: () => {
    searched.times += 1;
    return Promise.resolve(searched.files);
  },
});
