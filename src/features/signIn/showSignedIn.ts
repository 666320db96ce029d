import * as l10n from '@vscode/l10n';
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
import { sentences } from '../../editor/messages/sentences';
import { estimatedText, timeText } from '../../editor/messages/timeText';
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
      account.user === undefined
        ? l10n.t('Nothing has changed: the token of {0} expires {1}.', label, whenText(keptUntil, now))
        : l10n.t('Nothing has changed: the sign-in of {0} expires {1}.', label, whenText(keptUntil, now)),
    );
    return;
  }
  const isWorthRenewing = isSameToken && accountKind(account).canRenew;
  const buttons = isWorthRenewing ? [renewButton(), copyButton()] : [copyButton()];
  const pressed = await vscode.window.showInformationMessage(
    sentences(
      isWorthRenewing ? sameTokenText(label, session.tokens, now) : signedInText(label, session, now),
      isBrowsersChoice === true && l10n.t('To sign in as another user, first sign out of Reltio in the browser.'),
    ),
    ...buttons.map(({ title }) => title),
  );
  const button = buttons.find(({ title }) => title === pressed);
  if (button !== undefined) {
    await vscode.commands.executeCommand(button.command, id);
  }
}

interface Button {
  readonly title: string;
  readonly command: string;
}

function copyButton(): Button {
  return { title: l10n.t('Copy Token'), command: commandIds.copyToken };
}

function renewButton(): Button {
  return { title: l10n.t('Renew Sign-In'), command: commandIds.renew };
}

function signedInText(label: string, session: Session, now: number): string {
  if (isExpired(session.tokens, now)) {
    return l10n.t('Signed in as {0}. The token will be refreshed when it is first used.', label);
  }
  const until = expiryText(session.tokens, now);
  return canRefresh(session)
    ? l10n.t('Signed in as {0}. The token is valid until {1} and is refreshed when needed.', label, until)
    : sentences(
        l10n.t('Signed in as {0}. The token is valid until {1}.', label, until),
        accountText(session.account).refreshNote.trim(),
      );
}

/** A user who signed in again because an environment rejected the token must see that it is still the same token. */
function sameTokenText(label: string, tokens: Tokens, now: number): string {
  return l10n.t(
    'Signed in as {0}. Reltio returned the same token as before, valid until {1}. ' +
      'If an environment rejects it, renew the sign-in.',
    label,
    expiryText(tokens, now),
  );
}

function expiryText(tokens: Tokens, now: number): string {
  return estimatedText(tokens, timeText(tokens.accessTokenExpiresAt, now));
}
