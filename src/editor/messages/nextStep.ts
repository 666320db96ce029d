import type { Failure } from '../../core/base/failure';
import { remedyOf, type SessionRemedy } from '../../core/model/remedy';
import type { Session } from '../../core/model/session';

/** What the user does to get another token, by what the session needs. Sentences with the titles of the commands. */
export const remedySteps: Readonly<Record<SessionRemedy | 'refresh', string>> = {
  refresh: 'Run "Reltio: Refresh Access Token".',
  signIn: 'Run "Reltio: Sign In".',
  renew: 'Run "Reltio: Renew Sign-In".',
  pasteToken: 'Run "Reltio: Sign In" and paste another token.',
  updateClientSecret: 'Run "Reltio: Update Client Secret".',
};

/**
 * The step that can get another token for this session: a refresh only if something can refresh it.
 *
 * @param lastFailure why the last refresh of this session failed, if it did
 */
export function nextStep(session: Session, now: number, lastFailure?: Failure): string {
  return remedySteps[remedyOf(session, now, lastFailure) ?? 'refresh'];
}
