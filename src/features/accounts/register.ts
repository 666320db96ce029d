import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { isSameAccount } from '../../core/model/account';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';

/** What the user does with the accounts that are signed in. */
export function register({ sessions, clock, log }: Core, host: Host): vscode.Disposable {
  const { accountInUse, signIn, settings } = host;
  accountInUse.askWith(async ({ gone }) => {
    const { chooseAccountInUse } = await import('./chooseAccountInUse');
    const { environments } = await settings.read();
    const choice = { known: sessions.known, inUse: accountInUse.session, gone, environments };
    return await chooseAccountInUse(choice, (account) =>
      signIn.start(account, undefined, (session) => account === undefined || isSameAccount(session.account, account)),
    );
  });
  const remind = async (): Promise<void> => {
    const { remindToRenew } = await import('./renewReminder');
    const refreshTokenDays = settings.value('refreshTokenDays');
    await remindToRenew({ sessions: sessions.known, refreshTokenDays, memory: host.globalState, clock });
  };
  return vscode.Disposable.from(
    host.command(commandIds.chooseAccount, async () => {
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
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused && sessions.known.length > 0) {
        remind().catch(() => {
          log.warn('reminder: not shown');
        });
      }
    }),
  );
}
