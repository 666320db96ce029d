import * as vscode from 'vscode';
import { Failure } from '../oauth/failure';
import { accountLabel, isSameAccount } from '../sessions/account';
import type { ClientStore } from '../sessions/clientStore';
import type { Clock } from '../sessions/clock';
import type { Log } from '../sessions/ports';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import { hasEnded, type Tokens } from '../sessions/tokens';
import type { AccountInUse } from '../support/accountInUse';
import { command } from '../support/command';
import type { Settings } from '../support/settings';
import { tellFailure } from '../support/tellFailure';
import { timeText } from '../support/timeText';
import type { SignInRequest } from './draft';
import type { ConfirmedHosts } from './hostConsent';
import type { Prompt } from './prompt';
import { SettingProblems } from './settingProblems';
import type { SignIn, SignInOutcome } from './signIn';
import { whenText } from './whenText';

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
        const { account } = await parts.signIn.start();
        await accountInUse.choose(account);
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
      const { chooseAndSignOut } = await import('./signOut');
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

/** Says whose sign-ins were stored although none was shown. */
export async function showFoundAccounts(sessions: readonly Session[]): Promise<void> {
  const names = sessions.map(({ account }) => accountLabel(account)).join(', ');
  const [only, ...others] = sessions;
  const pressed = await vscode.window.showInformationMessage(
    `VS Code still holds ${others.length === 0 ? 'a sign-in' : 'sign-ins'} from before: ${names}.`,
    'Sign Out',
  );
  if (pressed !== undefined) {
    await vscode.commands.executeCommand('reltioAuth.signOut', others.length === 0 ? only?.id : undefined);
  }
}

/** A sign-in that was under way may be somebody else's: then another follows. */
function isOf({ account }: Session): (signedIn: Session) => boolean {
  return (signedIn) => isSameAccount(signedIn.account, account);
}

function signInAgain({ account: { identityServer, clientId, user }, method }: Session): SignInRequest {
  const request = { identityServer, clientId, method };
  return user === undefined ? request : { ...request, user };
}

/** Says what a sign-in brought: who is signed in, and until when; or that it changed nothing, and what helps. */
export async function tellSignedIn({ session, keptUntil, isSameToken }: SignInOutcome, clock: Clock): Promise<void> {
  const { id, account, state, tokens } = session;
  const now = clock.now();
  if (state === 'rejected') {
    await tellFailure(new Failure('tokenRejected', { host: new URL(account.identityServer).host }), id);
    return;
  }
  const label = accountLabel(account);
  if (keptUntil !== undefined) {
    await vscode.window.showInformationMessage(
      `Nothing has changed: the sign-in of ${label} ends ${whenText(keptUntil, now)}.`,
    );
    return;
  }
  const buttons = isSameToken ? [renewButton, copyButton] : [copyButton];
  const pressed = await vscode.window.showInformationMessage(
    isSameToken ? sameTokenText(label, tokens, now) : signedInText(label, tokens, now),
    ...buttons.map(({ title }) => title),
  );
  const button = buttons.find(({ title }) => title === pressed);
  if (button !== undefined) {
    await vscode.commands.executeCommand(button.command, id);
  }
}

const copyButton = { title: 'Copy Token', command: 'reltioAuth.copyToken' };
const renewButton = { title: 'Renew Sign-In', command: 'reltioAuth.renew' };

function signedInText(label: string, tokens: Tokens, now: number): string {
  if (hasEnded(tokens, now)) {
    // Reltio hands out a token in its last second too.
    return tokens.refreshToken === undefined
      ? `Signed in as ${label}, but the token has already expired and there is no refresh token. Sign in again.`
      : `Signed in as ${label}. The token will be refreshed when it is first used.`;
  }
  const after = tokens.refreshToken === undefined ? '.' : ' and is renewed when needed.';
  return `Signed in as ${label}. The token lives until ${endText(tokens, now)}${after}`;
}

/** Whoever signs in because the token was refused must hear that it is still the same. */
function sameTokenText(label: string, tokens: Tokens, now: number): string {
  return (
    `Signed in as ${label}. Reltio returned the same token as before, valid until ${endText(tokens, now)}. ` +
    'If an environment rejects it, renew the sign-in.'
  );
}

function endText(tokens: Tokens, now: number): string {
  return `${tokens.endIsEstimate ? 'about ' : ''}${timeText(tokens.accessTokenEndsAt, now)}`;
}
