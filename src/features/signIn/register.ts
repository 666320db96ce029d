import * as vscode from 'vscode';
import { once } from '../../core/base/once';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import { methods } from './methods/methods';

/** Signing in. No command goes through VS Code's `createSession`: that would block other extensions. */
export function register(core: Core, host: Host): vscode.Disposable {
  const { sessions, clients, clock } = core;
  const { signIn, accountInUse } = host;
  signIn.runWith(once(async () => (await import('./signInBoxes')).signInBoxes(core, host, methods)));
  return vscode.Disposable.from(
    host.command(commandIds.signIn, async (sessionId) => {
      await host.reportSettings('all');
      const again = sessions.known.find(({ id }) => id === sessionId);
      if (again === undefined) {
        const joins = signIn.isInProgress;
        const { account } = await signIn.start();
        if (!joins) {
          await accountInUse.choose(account); // the account of another extension's sign-in must not become the workspace's
        }
      } else {
        await signIn.again(again); // the account in use does not change
      }
      if (sessions.problem !== undefined) {
        throw sessions.problem;
      }
    }),
    host.command(commandIds.updateClientSecret, async (sessionId) => {
      const session = await accountInUse.sessionFor(sessionId);
      const { confirmedHosts, updateClientSecret } = await import('./updateClientSecret');
      const prompt = await host.loadPrompt();
      await updateClientSecret(session, {
        sessions,
        clients,
        prompt,
        confirmedHosts: confirmedHosts(host.globalState),
        clock,
      });
    }),
  );
}
