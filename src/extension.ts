import type * as vscode from 'vscode';
import { createCore } from './core/core';
import { corePorts } from './editor/corePorts';
import { openEditor } from './editor/editor';
import { createHost } from './editor/host';
import type { TestSeam } from './editor/testSeam';
import { register as accounts } from './features/accounts/register';
import { register as api } from './features/api/register';
import { register as clientCertificate } from './features/clientCertificate/register';
import { register as diagnosis } from './features/diagnosis/register';
import { register as environments } from './features/environments/register';
import { register as gettingStarted } from './features/gettingStarted/register';
import { register as handoff } from './features/handoff/register';
import { register as localProxy } from './features/localProxy/register';
import { register as provider } from './features/provider/register';
import { register as settings } from './features/settings/register';
import { methods } from './features/signIn/methods/methods';
import { register as signIn } from './features/signIn/register';
import { register as statusBar } from './features/statusBar/register';
import { register as whoAmI } from './features/whoAmI/register';

/** The provider comes first and before any I/O: VS Code waits at most five seconds for a provider to be registered. */
const features = [
  provider,
  signIn,
  accounts,
  environments,
  statusBar,
  handoff,
  localProxy,
  api,
  whoAmI,
  diagnosis,
  clientCertificate,
  settings,
  gettingStarted,
];

let close: () => Promise<void> = () => Promise.resolve();

export function activate(context: vscode.ExtensionContext): TestSeam | undefined {
  const editor = openEditor(context);
  const core = createCore(corePorts(editor, methods));
  const host = createHost(editor, core, methods);
  context.subscriptions.push(...features.map((register) => register(core, host)), core, host);
  close = host.close;
  return editor.seam;
}

/**
 * VS Code waits five seconds for this when a window closes. By then the secret storage rejects every call and the log is
 * disposed. The network and the disk still work, so tokens that have just arrived can be written to the journal.
 */
export async function deactivate(): Promise<void> {
  await close();
}
