import * as vscode from 'vscode';
import { accountLabel } from '../sessions/account';
import type { Clock } from '../sessions/clock';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import { lifeLeft } from '../sessions/tokens';
import { spanText, timeText } from '../support/timeText';
import type { ClipboardGuard } from './clipboardGuard';

/** A form in which the token is copied. */
export interface CopyForm {
  readonly name: string;
  readonly text: (accessToken: string) => string;
}

export const bareToken: CopyForm = { name: 'Token', text: (accessToken) => accessToken };

/** As `curl -H` and request files take it (RFC 6750 section 2.1). */
export const authorizationHeader: CopyForm = {
  name: 'Authorization header',
  text: (accessToken) => `Authorization: Bearer ${accessToken}`,
};

/** Puts a token that lives on the clipboard and says how long it lives and how long it stays there. */
export async function copy(
  form: CopyForm,
  session: Session,
  { sessions, clipboard, clock }: { sessions: Sessions; clipboard: ClipboardGuard; clock: Clock },
): Promise<void> {
  const { tokens, account } = await sessions.fresh(session.id);
  const stay = await clipboard.write(form.text(tokens.accessToken));
  const now = clock.now();
  const about = tokens.endIsEstimate ? 'about ' : '';
  const whose = sessions.known.length > 1 ? ` of ${accountLabel(account)}` : '';
  const life = `It lives ${about}${spanText(lifeLeft(tokens, now))}, until ${about}${timeText(tokens.accessTokenEndsAt, now)}.`;
  void vscode.window.showInformationMessage(`${form.name}${whose} copied. ${life} ${stay}`);
}
