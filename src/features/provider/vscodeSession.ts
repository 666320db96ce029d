import type * as vscode from 'vscode';
import { accountId, accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { expiresAfter } from './expiresAfter';

/**
 * A session in the form of VS Code's API.
 *
 * @param timeLeft of its token, if it is handed out (milliseconds)
 */
export function toVSCode(session: Session, scopes: readonly string[], timeLeft = 0): vscode.AuthenticationSession {
  return {
    id: session.id,
    accessToken: session.tokens.accessToken,
    account: { id: accountId(session.account), label: accountLabel(session.account) },
    scopes: [...scopes],
    ...expiresAfter(session, timeLeft),
  };
}
