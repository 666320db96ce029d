import * as vscode from 'vscode';
import { isSameAccount } from '../../core/model/account';
import type { ClientStore } from '../../core/storage/clientStore';
import type { Log } from '../../core/base/log';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { AccountInUse } from '../../editor/accountInUse';
import { command } from '../../editor/command';
import type { Settings } from '../../editor/settings/settings';
import type { SignInRequest } from './draft';
import type { ConfirmedHosts } from './hostConsent';
import type { Prompt } from '../../editor/prompt/prompt';
import { SettingProblems } from '../../editor/settings/settingProblems';
import type { SignIn } from '../../editor/signIn';

export interface SignInCommandParts {
  readonly sessions: Sessions;
  readonly clients: ClientStore;
  readonly signIn: SignIn;
  readonly accountInUse: AccountInUse;
  readonly confirmedHosts: ConfirmedHosts;
  readonly loadPrompt: (deadline: AbortSignal) => Promise<Prompt>;
  readonly settings: Settings;
  readonly log: Log;
}

/** The commands that begin and end a session. None goes through VS Code's `createSession`: it would block other extensions. */
export function signInCommands(parts: SignInCommandParts): readonly vscode.Disposable[] {
  const { sessions, accountInUse, log } = parts;
  const settingProblems = new SettingProblems(() => parts.settings.read());
  return [
    command('reltioAuth.signIn', log, async (sessionId) => {
      await settingProblems.tell();
      const again = sessions.known.find((session) => session.id === sessionId);
      if (again === undefined) {
        const joins = parts.signIn.isUnderWay;
        const { account } = await parts.signIn.start();
        if (!joins) {
          await accountInUse.choose(account); // an account that another extension asked for is not the workspace's
        }
      } else {
        await parts.signIn.start(signInAgain(again), undefined, isOf(again)); // who is in use stays in use
      }
      if (sessions.problem !== undefined) {
        throw sessions.problem;
      }
    }),
    command('reltioAuth.renew', log, async (sessionId) => {
      const session = await accountInUse.sessionFor(sessionId);
      await parts.signIn.start({ ...signInAgain(session), renews: true }, undefined, isOf(session));
      if (sessions.problem !== undefined) {
        throw sessions.problem;
      }
    }),
    command('reltioAuth.signOut', log, async (sessionId) => {
      const { chooseAndSignOut } = await import('../accounts/signOut');
      const prompt = await parts.loadPrompt(new AbortController().signal);
      await chooseAndSignOut(sessionId, sessions, accountInUse, prompt);
    }),
    command('reltioAuth.updateClientSecret', log, async (sessionId) => {
      const session = await accountInUse.sessionFor(sessionId);
      const { updateClientSecret } = await import('./updateClientSecret');
      const prompt = await parts.loadPrompt(new AbortController().signal);
      await updateClientSecret(session, { ...parts, prompt });
    }),
    parts.settings.onDidChange(() => {
      if (vscode.window.state.focused) {
        void settingProblems.tellNew(); // every window hears of the change; one tells
      }
    }),
  ];
}

/** A sign-in that was under way may be somebody else's: then another follows. */
function isOf({ account }: Session): (signedIn: Session) => boolean {
  return (signedIn) => isSameAccount(signedIn.account, account);
}

function signInAgain({ account: { identityServer, clientId, user }, method }: Session): SignInRequest {
  const request = { identityServer, clientId, method };
  return user === undefined ? request : { ...request, user };
}
