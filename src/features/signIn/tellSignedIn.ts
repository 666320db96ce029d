import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { accountLabel } from '../../core/model/account';
import type { Clock } from '../../core/base/clock';
import { isExpired, type Tokens } from '../../core/model/tokens';
import { showFailure } from '../../editor/messages/showFailure';
import { timeText } from '../../editor/messages/timeText';
import type { SignInOutcome } from './signIn';
import { whenText } from '../../editor/messages/whenText';
import { commandIds } from '../../editor/commandIds';

/** Says what a sign-in brought: who is signed in, and until when; or that it changed nothing, and what helps. */
export async function tellSignedIn({ session, keptUntil, isSameToken }: SignInOutcome, clock: Clock): Promise<void> {
  const { id, account, state, tokens } = session;
  const now = clock.now();
  if (state === 'rejected') {
    await showFailure(new Failure('tokenRejected', { host: new URL(account.identityServer).host }), id);
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

const copyButton = { title: 'Copy Token', command: commandIds.copyToken };
const renewButton = { title: 'Renew Sign-In', command: commandIds.renew };

function signedInText(label: string, tokens: Tokens, now: number): string {
  if (isExpired(tokens, now)) {
    // Reltio hands out a token in its last second too.
    return tokens.refreshToken === undefined
      ? `Signed in as ${label}, but the token has already expired and there is no refresh token. Sign in again.`
      : `Signed in as ${label}. The token will be refreshed when it is first used.`;
  }
  const after = tokens.refreshToken === undefined ? '.' : ' and is refreshed when needed.';
  return `Signed in as ${label}. The token is valid until ${endText(tokens, now)}${after}`;
}

/** Whoever signs in because the token was refused must hear that it is still the same. */
function sameTokenText(label: string, tokens: Tokens, now: number): string {
  return (
    `Signed in as ${label}. Reltio returned the same token as before, valid until ${endText(tokens, now)}. ` +
    'If an environment rejects it, renew the sign-in.'
  );
}

function endText(tokens: Tokens, now: number): string {
  return `${tokens.expiryIsEstimate ? 'about ' : ''}${timeText(tokens.accessTokenExpiresAt, now)}`;
}
