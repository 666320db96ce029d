import * as vscode from 'vscode';
import { once } from '../../core/base/once';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import type { SignInBoxes } from '../../editor/signIn';
import { confirmedHosts } from './confirmedHosts';
import type { ConfirmedHosts } from './hostConsent';
import { LastSignIn } from './lastSignIn';
import { methods } from './methods/methods';

/** Signing in. No command goes through VS Code's `createSession`: that would block other extensions. */
export function register(core: Core, host: Host): vscode.Disposable {
  const { sessions, clients } = core;
  const { signIn, accountInUse } = host;
  const hosts = confirmedHosts(host.globalState);
  signIn.runWith(once(() => loadBoxes(core, host, hosts)));
  return vscode.Disposable.from(
    host.command(commandIds.signIn, async (sessionId) => {
      await host.reportSettings('all');
      const again = sessions.known.find(({ id }) => id === sessionId);
      if (again === undefined) {
        const joins = signIn.isUnderWay;
        const { account } = await signIn.start();
        if (!joins) {
          await accountInUse.choose(account); // an account that another extension asked for is not the workspace's
        }
      } else {
        await signIn.again(again); // the account in use stays in use
      }
      if (sessions.problem !== undefined) {
        throw sessions.problem;
      }
    }),
    host.command(commandIds.updateClientSecret, async (sessionId) => {
      const session = await accountInUse.sessionFor(sessionId);
      const { updateClientSecret } = await import('./updateClientSecret');
      const prompt = await host.loadPrompt();
      await updateClientSecret(session, { sessions, clients, confirmedHosts: hosts, prompt });
    }),
  );
}

async function loadBoxes(core: Core, host: Host, hosts: ConfirmedHosts): Promise<SignInBoxes> {
  const { sessions, clients, calls, clock, log } = core;
  const { SignInFlow, showFoundAccounts, tellSignedIn } = await import('./signInFlow');
  const flow = new SignInFlow({
    readSettings: () => host.settings.read(),
    sessions,
    clients,
    calls,
    methods,
    clock,
    log,
    last: new LastSignIn(host.globalState),
    confirmedHosts: hosts,
    refreshTokenDays: () => host.settings.refreshTokenDays,
    onFound: (found) => void showFoundAccounts(found),
  });
  return {
    run: async (request, prompt, endsAt) => {
      const outcome = await flow.run(request, prompt, endsAt);
      void tellSignedIn(outcome, clock);
      return outcome.session;
    },
  };
}
