import * as vscode from 'vscode';
import { Failure } from '../oauth/failure';
import { accountLabel } from '../sessions/account';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';

/**
 * The session that a command is about: the one it names, the only one, or the one that the person picks. The last
 * signed in stands first.
 *
 * @throws {Failure} `signedOut` where there is none, `cancelled` when the person leaves the list
 */
export async function chooseSession(
  sessions: Sessions,
  sessionId: string | undefined,
  placeHolder: string,
): Promise<Session> {
  const all = await sessions.list();
  const named = all.find((session) => session.id === sessionId);
  const [first, ...others] = all;
  if (first === undefined) {
    throw new Failure('signedOut');
  }
  if (named !== undefined || others.length === 0) {
    return named ?? first;
  }
  const items = all.map((session) => ({ label: accountLabel(session.account), session }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder });
  if (picked === undefined) {
    throw new Failure('cancelled');
  }
  return picked.session;
}
