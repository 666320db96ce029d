import * as vscode from 'vscode';
import { pageSchemes } from './pageSchemes';

/** Closes the pages that VS Code restores when a window is reloaded: what they showed is gone, so they show an error. */
export async function closeLeftPages(): Promise<void> {
  const schemes: readonly string[] = Object.values(pageSchemes);
  const left = vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(
      ({ input }) =>
        (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) &&
        schemes.includes(input.uri.scheme),
    );
  if (left.length > 0) {
    await vscode.window.tabGroups.close(left);
  }
}
