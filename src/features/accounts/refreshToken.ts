import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Clock } from '../../core/base/clock';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { AccountInUse } from '../../editor/accountInUse';
import { refreshedText } from './refreshedText';

/** Refreshes the token now and shows the result. */
export async function refreshToken(
  session: Session,
  sessions: Sessions,
  accountInUse: AccountInUse,
  clock: Clock,
): Promise<void> {
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: l10n.t('Reltio: refreshing the token') },
    () => sessions.refreshNow(session.id),
  );
  void vscode.window.showInformationMessage(refreshedText(outcome, accountInUse.isNamed, clock.now()));
}
