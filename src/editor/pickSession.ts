import * as vscode from 'vscode';
import { Failure } from '../core/base/failure';
import { accountLabel } from '../core/model/account';
import type { Session } from '../core/model/session';

/**
 * Returns the only session, or the one that the user picks. The one in use comes first.
 *
 * @throws {Failure} `signedOut` if there is none, `cancelled` when the user leaves the list
 */
export async function pickSession(
  sessions: readonly Session[],
  inUse: Session | undefined,
  title: string,
  placeHolder: string,
): Promise<Session> {
  const isInUse = ({ id }: Session): boolean => id === inUse?.id; // each read creates new objects
  const [first, ...others] = [...sessions].sort((one, other) => Number(isInUse(other)) - Number(isInUse(one)));
  if (first === undefined) {
    throw new Failure('signedOut');
  }
  if (others.length === 0) {
    return first;
  }
  const items = [first, ...others].map((session) => ({ label: accountLabel(session.account), session }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder });
  if (picked === undefined) {
    throw new Failure('cancelled');
  }
  return picked.session;
}
