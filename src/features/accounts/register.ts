import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import { emptyIfForgotten } from '../../editor/forgottenMemories';
import type { Host } from '../../editor/host';

/** Commands for the signed-in accounts, and the reminder to renew a sign-in. */
export function register(core: Core, host: Host): vscode.Disposable {
  const { sessions, clock, log } = core;
  const { accountInUse, signIn, settings } = host;
  accountInUse.askWith(async (question) => (await import('./askForAccount')).askForAccount(question, core, host));
  const emptyMemories = async (): Promise<void> => {
    if (await emptyIfForgotten([host.globalState, host.workspaceState], core.forgottenAt())) {
      accountInUse.rememberAccounts();
    }
  };
  const noticeForgetting = (): void => {
    emptyMemories().catch(() => {
      log.warn('forgotten: memory not emptied');
    });
  };
  // What the first reading finds is not reported as a change.
  void core.load().then(() => {
    noticeForgetting();
    accountInUse.rememberAccounts();
  });
  const remind = async (): Promise<void> => {
    const { remindToRenew } = await import('./renewReminder');
    const refreshTokenDays = settings.value('refreshTokenDays');
    await remindToRenew({ sessions: sessions.known, refreshTokenDays, memory: host.globalState, clock });
  };
  return vscode.Disposable.from(
    host.command(commandIds.switchAccount, async () => {
      await accountInUse.change();
    }),
    host.command(commandIds.refreshToken, async (sessionId, about) => {
      const session = await accountInUse.sessionFor(sessionId);
      about(session);
      const { refreshToken } = await import('./refreshToken');
      await refreshToken(session, sessions, accountInUse, clock);
    }),
    host.command(commandIds.renew, async (sessionId) => {
      await signIn.again(await accountInUse.sessionFor(sessionId), 'renew');
      if (sessions.problem !== undefined) {
        throw sessions.problem;
      }
    }),
    host.command(commandIds.signOut, async (sessionId) => {
      const { chooseAndSignOut } = await import('./signOut');
      await chooseAndSignOut(sessionId, sessions, accountInUse, await host.loadPrompt());
    }),
    host.command(commandIds.forgetEverything, async () => {
      const { forgetEverything } = await import('./forgetEverything');
      await forgetEverything(core, host, emptyMemories);
    }),
    { dispose: core.onDidChangeSessions(noticeForgetting) },
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && sessions.known.length > 0) {
        remind().catch(() => {
          log.warn('reminder: not shown');
        });
      }
    }),
  );
}
