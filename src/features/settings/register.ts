import type * as vscode from 'vscode';
import type { Core } from '../../core/core';
import type { Host } from '../../editor/host';

/** Reports, after settings have changed, which of them cannot be used. */
export function register({ log }: Core, { settings, reportSettings, isFocused }: Host): vscode.Disposable {
  return settings.onDidChange(() => {
    if (isFocused()) {
      // Every window is notified of the change; one reports it.
      reportSettings('new').catch(() => {
        log.warn('settings: not checked');
      });
    }
  });
}
