import type * as vscode from 'vscode';
import { command } from '../../editor/command';
import type { ClipboardGuard } from './clipboardGuard';
import type { CopyForm, CopyParts } from './copy';

export interface HandoffCommandParts extends CopyParts {
  /** Undefined where nothing was copied yet. */
  readonly clipboard: () => ClipboardGuard | undefined;
}

/** The commands that put a token where it is needed. */
export function handoffCommands(parts: HandoffCommandParts): readonly vscode.Disposable[] {
  const { sessions, accountInUse, clock, log } = parts;
  const copyCommand = (id: string, form: CopyForm): vscode.Disposable =>
    command(id, log, async (sessionId, about) => {
      const { copy } = await import('./copy');
      await copy(form, sessionId, about, parts);
    });
  return [
    copyCommand('reltioAuth.copyToken', 'token'),
    copyCommand('reltioAuth.copyAuthorizationHeader', 'header'),
    command('reltioAuth.clearCopiedToken', log, async () => {
      const { clearCopied } = await import('./clearCopied');
      await clearCopied(parts.clipboard());
    }),
    command('reltioAuth.refreshToken', log, async (sessionId, about) => {
      const session = await accountInUse.sessionFor(sessionId);
      about(session);
      const { refreshToken } = await import('../accounts/refreshToken');
      await refreshToken(session, sessions, accountInUse, clock);
    }),
  ];
}
