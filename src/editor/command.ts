import * as vscode from 'vscode';
import type { Log } from '../core/base/log';
import type { Session } from '../core/model/session';
import { isFailure } from '../core/base/failure';
import { showFailure } from './messages/showFailure';

/**
 * Registers a command that answers nobody: what it finds out it tells the person, and no command hands a token to its
 * caller.
 *
 * @param work gets the id of a session where a caller names one, and says which session it is about in the end, so that
 *   the buttons of a failure are about the same
 */
export function command(
  id: string,
  log: Log,
  work: (sessionId: string | undefined, about: (session: Session) => void) => Promise<void> | void,
): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument?: unknown): Promise<void> => {
    let sessionId = typeof argument === 'string' ? argument : undefined;
    try {
      await work(sessionId, ({ id: about }) => {
        sessionId = about;
      });
    } catch (error) {
      log.warn(`${id}: failed`, isFailure(error) ? { code: error.code } : {});
      void showFailure(error, sessionId);
    }
  });
}
