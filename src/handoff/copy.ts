import * as vscode from 'vscode';
import type { Clock } from '../sessions/clock';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import type { AccountInUse } from '../support/accountInUse';
import type { ClipboardGuard } from './clipboardGuard';
import { copiedText } from './copiedText';

/** A form in which the token is copied. */
export interface CopyForm {
  readonly name: string;
  readonly text: (accessToken: string) => string;
}

export const bareToken: CopyForm = { name: 'Token', text: (accessToken) => accessToken };

/** As `curl -H` and request files take it (RFC 6750 section 2.1). */
export const authorizationHeader: CopyForm = {
  name: 'Header',
  text: (accessToken) => `Authorization: Bearer ${accessToken}`,
};

export interface CopyParts {
  readonly sessions: Sessions;
  readonly clipboard: ClipboardGuard;
  readonly accountInUse: AccountInUse;
  readonly clock: Clock;
}

/** Puts a token that lives on the clipboard and says how long it lives and how long it stays there. */
export async function copy(
  form: CopyForm,
  session: Session,
  { sessions, clipboard, accountInUse, clock }: CopyParts,
): Promise<void> {
  const fresh = await sessions.fresh(session.id);
  const stay = await clipboard.write(form.text(fresh.tokens.accessToken));
  const message = copiedText(form.name, fresh, stay, accountInUse.isNamed, clock.now());
  void vscode.window.showInformationMessage(message);
}
