import * as vscode from 'vscode';
import { chooseEnvironment } from './chooseEnvironment';
import type { Reltio } from './reltio';

/** The user has clicked, so they may be asked. Only then: a question that comes by itself is a nuisance. */
export async function signIn(reltio: Reltio): Promise<void> {
  try {
    const environment = await chooseEnvironment(await reltio.environments(), 'ask');
    if (environment !== undefined) await reltio.getSession(environment.name, 'ask');
  } catch (error) {
    if (error instanceof Error && !isNo(error)) void vscode.window.showErrorMessage(error.message);
  }
}

/** Whether the user said no, to VS Code or to Reltio Authentication. There is no code for it, only these texts. */
function isNo({ message }: Error): boolean {
  return /^(User did not consent to login\.|Cancell?ed)$/.test(message);
}
