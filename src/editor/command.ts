import * as vscode from 'vscode';
import type { Log } from '../core/base/log';
import type { Session } from '../core/model/session';
import { asFailure } from '../core/base/failure';
import type { CommandId } from './commandIds';
import { showFailure } from './messages/lateMessages';

/**
 * What a command does.
 *
 * @param sessionId of the session that the caller names, if any
 * @param about call this with the session that the command acts on, so that the buttons of a failure act on the same
 *   one
 */
export type CommandWork = (sessionId: string | undefined, about: (session: Session) => void) => Promise<void> | void;

/** Registers a command. It shows its result to the user and returns nothing, so no caller gets a token. */
export function command(id: CommandId, log: Log, work: CommandWork): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument?: unknown): Promise<void> => {
    let sessionId = typeof argument === 'string' ? argument : undefined;
    try {
      await work(sessionId, ({ id: about }) => {
        sessionId = about;
      });
    } catch (error) {
      const failure = asFailure(error);
      log.warn(`${id}: failed`, failure === undefined ? {} : { code: failure.code });
      await showFailure(error, sessionId);
    }
  });
}
