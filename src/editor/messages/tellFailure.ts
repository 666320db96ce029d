import * as vscode from 'vscode';
import { describe, isCancelled, remedyFor, type Remedy } from './messages';
import { commandIds } from '../commandIds';

interface Button {
  readonly title: string;
  readonly command: string;
  readonly arguments: (sessionId: string | undefined) => readonly unknown[];
}

const buttons: Readonly<Record<Remedy, Button>> = {
  signIn: { title: 'Sign In', command: commandIds.signIn, arguments: (id) => [id] },
  renew: { title: 'Renew Sign-In', command: commandIds.renew, arguments: (id) => [id] },
  updateClientSecret: {
    title: 'Update Client Secret',
    command: commandIds.updateClientSecret,
    arguments: (id) => [id],
  },
  openSettings: {
    title: 'Open Settings',
    command: 'workbench.action.openSettings',
    arguments: () => ['@ext:reltio-community.reltio-auth'],
  },
  showLog: { title: 'Show Log', command: commandIds.showLog, arguments: () => [] },
  diagnose: { title: 'Diagnose', command: commandIds.diagnose, arguments: () => [] },
  enterPassphrase: { title: 'Enter Passphrase', command: commandIds.enterPassphrase, arguments: () => [] },
  reloadWindow: { title: 'Reload Window', command: 'workbench.action.reloadWindow', arguments: () => [] },
};

/**
 * Says what went wrong, with a button for what helps. Leaving a box is no error and says nothing.
 *
 * @param sessionId the session it is about, if any
 */
export async function tellFailure(error: unknown, sessionId?: string): Promise<void> {
  if (isCancelled(error)) {
    return;
  }
  const remedy = remedyFor(error);
  if (remedy === undefined) {
    await vscode.window.showErrorMessage(describe(error));
    return;
  }
  const button = buttons[remedy];
  const pressed = await vscode.window.showErrorMessage(describe(error), button.title);
  if (pressed !== undefined) {
    await vscode.commands.executeCommand(button.command, ...button.arguments(sessionId));
  }
}
