import type * as vscode from 'vscode';
import { accountId, accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';

/** A session in the form of VS Code's API. */
export function toVSCode(session: Session, scopes: readonly string[]): vscode.AuthenticationSession {
  return {
    id: session.id,
    accessToken: session.tokens.accessToken,
    account: { id: accountId(session.account), label: accountLabel(session.account) },
    scopes: [...scopes],
  };
}
