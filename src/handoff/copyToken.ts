import * as vscode from 'vscode';
import type { Clock } from '../sessions/clock';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import { lifeLeft } from '../sessions/tokens';
import { spanText, timeText } from '../support/timeText';

/** Puts a token that lives on the clipboard and says for how long. */
export async function copyToken(session: Session, sessions: Sessions, clock: Clock): Promise<void> {
  const { tokens } = await sessions.fresh(session.id);
  await vscode.env.clipboard.writeText(tokens.accessToken);
  const now = clock.now();
  const about = tokens.endIsEstimate ? 'about ' : '';
  void vscode.window.showInformationMessage(
    `Token copied. It lives ${about}${spanText(lifeLeft(tokens, now))}, until ${timeText(tokens.accessTokenEndsAt, now)}.`,
  );
}
