import type * as vscode from 'vscode';
import type { Clock } from '../sessions/clock';
import type { Log } from '../sessions/ports';
import type { Sessions } from '../sessions/sessions';
import type { AccountInUse } from '../support/accountInUse';
import { command } from '../support/command';
import type { ClipboardGuard } from './clipboardGuard';
import { authorizationHeader, bareToken, copy, type CopyForm } from './copy';

export interface HandoffCommandParts {
  readonly sessions: Sessions;
  readonly accountInUse: AccountInUse;
  readonly clipboard: ClipboardGuard;
  readonly clock: Clock;
  readonly log: Log;
}

/** The commands that put a token where it is needed. */
export function handoffCommands(parts: HandoffCommandParts): readonly vscode.Disposable[] {
  const { sessions, accountInUse, clock, log } = parts;
  const copyCommand = (id: string, form: CopyForm): vscode.Disposable =>
    command(id, log, async (sessionId, about) => {
      const session = await accountInUse.sessionFor(sessionId);
      about(session);
      await copy(form, session, parts);
    });
  return [
    copyCommand('reltioAuth.copyToken', bareToken),
    copyCommand('reltioAuth.copyAuthorizationHeader', authorizationHeader),
    command('reltioAuth.refreshToken', log, async (sessionId, about) => {
      const session = await accountInUse.sessionFor(sessionId);
      about(session);
      const { refreshToken } = await import('./refreshToken');
      await refreshToken(session, sessions, accountInUse, clock);
    }),
  ];
}
