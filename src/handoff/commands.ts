import type * as vscode from 'vscode';
import type { Clock } from '../sessions/clock';
import type { Log } from '../sessions/ports';
import type { Sessions } from '../sessions/sessions';
import { chooseSession } from '../support/chooseSession';
import { command } from '../support/command';
import { copyToken } from './copyToken';
import { refreshToken } from './refreshToken';

/** The commands that put a token where it is needed. */
export function handoffCommands(sessions: Sessions, clock: Clock, log: Log): readonly vscode.Disposable[] {
  return [
    command('reltioAuth.copyToken', log, async (sessionId) => {
      const session = await chooseSession(sessions, sessionId, 'Copy the token of which account?');
      await copyToken(session, sessions, clock);
    }),
    command('reltioAuth.refreshToken', log, async (sessionId) => {
      const session = await chooseSession(sessions, sessionId, 'Refresh the token of which account?');
      await refreshToken(session, sessions, clock);
    }),
  ];
}
