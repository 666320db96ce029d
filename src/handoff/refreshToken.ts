import * as vscode from 'vscode';
import type { Clock } from '../sessions/clock';
import type { Session } from '../sessions/session';
import type { RefreshOutcome, Sessions } from '../sessions/sessions';
import { lifeLeft } from '../sessions/tokens';
import { spanText, timeText } from '../support/timeText';

/** Asks Reltio for a token now and says what came of it. */
export async function refreshToken(session: Session, sessions: Sessions, clock: Clock): Promise<void> {
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'Reltio: refreshing the token' },
    () => sessions.refreshNow(session.id),
  );
  void vscode.window.showInformationMessage(refreshText(outcome, clock.now()));
}

function refreshText({ session: { tokens }, isNewToken }: RefreshOutcome, now: number): string {
  const about = tokens.endIsEstimate ? 'about ' : '';
  return isNewToken
    ? `New token until ${about}${timeText(tokens.accessTokenEndsAt, now)}.`
    : `Reltio returned the same token, ${about}${spanText(lifeLeft(tokens, now))} left.`;
}
