import * as vscode from 'vscode';
import { Failure } from '../oauth/failure';
import { accountLabel } from '../sessions/account';
import type { ClientStore } from '../sessions/clientStore';
import type { Clock } from '../sessions/clock';
import type { Log } from '../sessions/ports';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import type { AccountInUse } from '../support/accountInUse';
import { command } from '../support/command';
import type { Settings } from '../support/settings';
import { tellFailure } from '../support/tellFailure';
import { timeText } from '../support/timeText';
import type { SignInRequest } from './draft';
import type { Prompt } from './prompt';
import { SettingProblems } from './settingProblems';
import type { SignIn } from './signIn';
import { chooseAndSignOut } from './signOut';
import { whenText } from './whenText';

export interface SignInCommandParts {
  readonly sessions: Sessions;
  readonly clients: ClientStore;
  readonly signIn: SignIn;
  readonly accountInUse: AccountInUse;
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
      const session = await parts.signIn.start(again === undefined ? {} : signInAgain(again));
      await accountInUse.choose(session.account);
      if (sessions.problem !== undefined) {
        throw sessions.problem;
      }
    }),
    command('reltioAuth.renew', log, async (sessionId) => {
      const session = await accountInUse.sessionFor(sessionId);
      await parts.signIn.start({ ...signInAgain(session), renews: true });
      if (sessions.problem !== undefined) {
        throw sessions.problem;
      }
    }),
    command('reltioAuth.signOut', log, (sessionId) => chooseAndSignOut(sessionId, sessions, accountInUse)),
    command('reltioAuth.updateClientSecret', log, async (sessionId) => {
      const session = await accountInUse.sessionFor(sessionId);
      const { updateClientSecret } = await import('./updateClientSecret');
      const prompt = await parts.loadPrompt(new AbortController().signal);
      await updateClientSecret(session, { prompt, clients: parts.clients, sessions });
    }),
    parts.settings.onDidChange(() => {
      if (vscode.window.state.focused) {
        void settingProblems.tellNew(); // every window hears of the change; one tells
      }
    }),
  ];
}

/** Says whose sign-ins were there although none was shown. */
export async function tellFound(sessions: readonly Session[]): Promise<void> {
  const names = sessions.map(({ account }) => accountLabel(account)).join(', ');
  const [only, ...others] = sessions;
  const pressed = await vscode.window.showInformationMessage(
    `VS Code has kept ${others.length === 0 ? 'an earlier sign-in' : 'earlier sign-ins'}: ${names}.`,
    'Sign Out',
  );
  if (pressed !== undefined) {
    await vscode.commands.executeCommand('reltioAuth.signOut', others.length === 0 ? only?.id : undefined);
  }
}

/** Tells once for each session in this window that only a new sign-in helps. */
export function offerSignInOnce(): (session: Session) => void {
  const told = new Set<string>();
  return (session) => {
    if (told.has(session.id)) {
      return;
    }
    told.add(session.id);
    const label = accountLabel(session.account);
    void vscode.window
      .showWarningMessage(`The Reltio sign-in of ${label} has ended.`, `Sign in again as ${label}`)
      .then((pressed) =>
        pressed === undefined ? undefined : vscode.commands.executeCommand('reltioAuth.signIn', session.id),
      );
  };
}

function signInAgain({ account: { identityServer, clientId, user }, method }: Session): SignInRequest {
  const request = { identityServer, clientId, method };
  return user === undefined ? request : { ...request, user };
}

/**
 * Says who is signed in, and until when; or that the sign-in brought back the token that had been refused.
 *
 * @param keptUntil where the person kept the old sign-in: when that ends
 */
export async function tellSignedIn(
  { id, account, state, tokens }: Session,
  clock: Clock,
  keptUntil?: number,
): Promise<void> {
  if (state === 'rejected') {
    await tellFailure(new Failure('tokenRejected', { host: new URL(account.identityServer).host }), id);
    return;
  }
  if (keptUntil !== undefined) {
    const when = whenText(keptUntil, clock.now());
    await vscode.window.showInformationMessage(
      `Nothing has changed: the sign-in of ${accountLabel(account)} ends ${when}.`,
    );
    return;
  }
  const until = `${tokens.endIsEstimate ? 'about ' : ''}${timeText(tokens.accessTokenEndsAt, clock.now())}`;
  const after = tokens.refreshToken === undefined ? '.' : ' and is renewed when needed.';
  const pressed = await vscode.window.showInformationMessage(
    `Signed in as ${accountLabel(account)}. The token lives until ${until}${after}`,
    'Copy Token',
  );
  if (pressed !== undefined) {
    await vscode.commands.executeCommand('reltioAuth.copyToken', id);
  }
}
