import type * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock';
import type { Log } from '../../core/base/log';
import type { Sessions } from '../../core/sessions/sessions';
import type { AccountInUse } from '../../editor/accountInUse';
import { command } from '../../editor/command';
import type { DetailsDocument } from './detailsDocument';
import type { Status } from './status';

export interface StatusCommandParts {
  readonly sessions: Sessions;
  readonly status: Status;
  readonly accountInUse: AccountInUse;
  readonly details: DetailsDocument;
  readonly clock: Clock;
  readonly log: Log;
}

/** The commands that show something. */
export function statusCommands(parts: StatusCommandParts): readonly vscode.Disposable[] {
  const { sessions, status, accountInUse, details, clock, log } = parts;
  return [
    command('reltioAuth.showMenu', log, async () => {
      await sessions.list();
      const { showMenu } = await import('./showMenu');
      await showMenu(status.inUse, sessions.known, accountInUse, clock.now());
    }),
    command('reltioAuth.showDetails', log, async () => {
      await sessions.list();
      await details.show();
    }),
  ];
}
