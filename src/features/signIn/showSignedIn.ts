import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { accountLabel, hostOf } from '../../core/model/account';
import { accountKind } from '../../core/model/accountKind';
import type { Clock } from '../../core/base/clock';
import type { Session } from '../../core/model/session';
import { signInRequired } from '../../core/model/signInRequired';
import { isExpired, type Tokens } from '../../core/model/tokens';
import { canRefresh } from '../../core/model/refreshMeans';
import { accountText } from '../../editor/messages/accountText';
import { showFailure } from '../../editor/messages/lateMessages';
import { estimateText, timeText } from '../../editor/messages/timeText';
import type { SignInOutcome } from './signInOutcome';
import { whenText } from '../../editor/messages/whenText';
import { commandIds } from '../../editor/commandIds';

/** Shows who is signed in and until when the token is valid, or that nothing has changed and what to do. */
export async function showSignedIn(
  { session, keptUntil, isSameToken, isBrowsersChoice }: SignInOutcome,
  clock: Clock,
): Promise<void> {
  const { id, account, state } = session;
  const now = clock.now();
  if (state === 'rejected') {
    await showFailure(new Failure('tokenRejected', { host: hostOf(account) }), id);
    return;
  }
  if (isExpired(session.tokens, now) && !canRefresh(session)) {
    await showFailure(signInRequired(session), id); // it took too long, or Reltio returned a token in its last second
    return;
  }
  const label = accountLabel(account);
  if (keptUntil !== undefined) {
    await vscode.window.showInformationMessage(
      `Nothing has changed: the ${account.user === undefined ? 'token' : 'sign-in'} of ${label} expires ${whenText(keptUntil, now)}.`,
    );
    return;
  }
  const isWorthRenewing = isSameToken && accountKind(account).canRenew;
  const buttons = isWorthRenewing ? [renewButton, copyButton] : [copyButton];
  const pressed = await vscode.window.showInformationMessage(
    (isWorthRenewing ? sameTokenText(label, session.tokens, now) : signedInText(label, session, now)) +
      (isBrowsersChoice === true ? ' To sign in as another user, first sign out of Reltio in the browser.' : ''),
    ...buttons.map(({ title }) => title),
  );
  const button = buttons.find(({ title }) => title === pressed);
  if (button !== undefined) {
    await vscode.commands.executeCommand(button.command, id);
  }
}

const copyButton = { title: 'Copy Token', command: commandIds.copyToken };
const renewButton = { title: 'Renew Sign-In', command: commandIds.renew };

function signedInText(label: string, session: Session, now: number): string {
  const { refreshNote } = accountText(session.account);
  if (isExpired(session.tokens, now)) {
    return `Signed in as ${label}. The token will be refreshed when it is first used.`;
  }
  const after = canRefresh(session) ? ' and is refreshed when needed.' : `.${refreshNote}`;
  return `Signed in as ${label}. The token is valid until ${expiryText(session.tokens, now)}${after}`;
}

/** A user who signed in again because an environment rejected the token must see that it is still the same token. */
function sameTokenText(label: string, tokens: Tokens, now: number): string {
  return (
    `Signed in as ${label}. Reltio returned the same token as before, valid until ${expiryText(tokens, now)}. ` +
    'If an environment rejects it, renew the sign-in.'
  );
}

function expiryText(tokens: Tokens, now: number): string {
  return `${estimateText(tokens)}${timeText(tokens.accessTokenExpiresAt, now)}`;
}
