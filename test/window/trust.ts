import type { Window } from './driver';
import { until } from './until';

/** Settings for a window whose workspace is not trusted at first. */
export const UNTRUSTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
  'workbench.editor.useModal': 'off', // Escape does not close the modal editor of 1.139
};

/** In the open editor of workspace trust. */
export async function trustWorkspace(window: Window): Promise<void> {
  await window.page.locator('.workspace-trust-editor .monaco-button', { hasText: 'Trust' }).first().click();
  await until('a trusted workspace', async () => /You trust this folder/.test(await window.text()));
  await window.runCommand('View: Close All Editors');
}
