import type * as vscode from 'vscode';
import { accountId, accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';

/** A session as VS Code knows it. */
export function toVSCode(session: Session, scopes: readonly string[]): vscode.AuthenticationSession {
  return {
    id: session.id,
    accessToken: session.tokens.accessToken,
    account: { id: accountId(session.account), label: accountLabel(session.account) },
    scopes: [...scopes],
  };
}
