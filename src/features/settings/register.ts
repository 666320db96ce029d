import type * as vscode from 'vscode';
import type { Core } from '../../core/core';
import type { Host } from '../../editor/host';

/** Says, after a change of the settings, which of them cannot be used. */
export function register(_core: Core, { settings, settingProblems, isFocused }: Host): vscode.Disposable {
  return settings.onDidChange(() => {
    if (isFocused()) {
      void settingProblems.tellNew(); // every window is notified of the change; one reports it
    }
  });
}
