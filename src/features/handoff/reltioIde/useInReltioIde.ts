import * as vscode from 'vscode';
import { Failure } from '../../../core/base/failure';
import type { Session } from '../../../core/model/session';
import { copyFor, type CopyParts } from '../copy';
import { isReltioIdeInstalled, provideToken } from './installed';

/**
 * Copies a token and lets Reltio IDE open its box for it, in which the user pastes it. The call itself carries no secret: any
 * extension could have registered this command.
 *
 * @param about receives the session of the token before anything can fail
 * @throws {Failure} as `copy` does; `reltioIdeMissing`, before anything is copied; `reltioIdeFailed`
 */
export async function useInReltioIde(
  sessionId: string | undefined,
  about: (session: Session) => void,
  parts: CopyParts,
): Promise<void> {
  if (!(await isReltioIdeInstalled())) {
    throw new Failure('reltioIdeMissing');
  }
  const environment = await copyFor('environment', 'token', sessionId, about, parts);
  if (environment === undefined) {
    return;
  }
  const { host } = new URL(environment.url); // what Reltio IDE calls an environment
  try {
    await vscode.commands.executeCommand(provideToken, { environmentName: host });
  } catch {
    throw new Failure('reltioIdeFailed', { host });
  }
}
