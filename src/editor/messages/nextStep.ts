import * as l10n from '@vscode/l10n';
import type { Failure } from '../../core/base/failure';
import { remedyOf, type SessionRemedy } from '../../core/model/remedy';
import type { Session } from '../../core/model/session';

/** What the user does to get another token, by what the session needs. Sentences with the titles of the commands. */
export const remedySteps: Readonly<Record<SessionRemedy | 'refresh', string>> = {
  get refresh() {
    return l10n.t('Run "Reltio: Refresh Access Token".');
  },
  get signIn() {
    return l10n.t('Run "Reltio: Sign In".');
  },
  get renew() {
    return l10n.t('Run "Reltio: Renew Sign-In".');
  },
  get pasteToken() {
    return l10n.t('Run "Reltio: Sign In" and paste another token.');
  },
  get updateClientSecret() {
    return l10n.t('Run "Reltio: Update Client Secret".');
  },
};

/**
 * The step that can get another token for this session: a refresh only if something can refresh it.
 *
 * @param lastFailure why the last refresh of this session failed, if it did
 */
export function nextStep(session: Session, now: number, lastFailure?: Failure): string {
  return remedySteps[remedyOf(session, now, lastFailure) ?? 'refresh'];
}
