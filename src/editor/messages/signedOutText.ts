import * as l10n from '@vscode/l10n';
import type { Cause, SignedOut } from '../../core/history/signedOut';
import { timeText } from './timeText';

/** Why a session gives no token, in one sentence. What to do next is said beside it, because it depends on the session. */
export function signedOutText({ cause, at }: SignedOut, now: number): string {
  return sentences[cause](timeText(at, now));
}

const sentences: Readonly<Record<Cause, (time: string) => string>> = {
  expired: (time) => l10n.t('The sign-in reached the end of its validity, usually 28 days ({0}).', time),
  tokenExpired: (time) => l10n.t('The token expired, and nothing can refresh it ({0}).', time),
  anotherLogin: (time) =>
    l10n.t('Another program used the same Reltio login, which ended the tokens here ({0}).', time),
  signedOutHere: (time) => l10n.t('You signed out in VS Code ({0}).', time),
  revokedHere: (time) =>
    l10n.t('"Reltio: Renew Sign-In" revoked the old tokens, and the new sign-in was not finished ({0}).', time),
  revokedElsewhere: (time) =>
    l10n.t('The sign-in was revoked outside VS Code, by an administrator or another program ({0}).', time),
  endedElsewhere: (time) =>
    l10n.t(
      'Something outside VS Code ended the sign-in: another program that uses the same Reltio login, or an administrator ({0}).',
      time,
    ),
  idlePolicy: (time) =>
    l10n.t('Reltio ended the sign-in because it was not used for a while; your company limits that time ({0}).', time),
  clock: (time) =>
    l10n.t(
      'The clock of this computer was changed, so the token only seems to have expired ({0}). Check the date and time.',
      time,
    ),
  keyring: (time) =>
    l10n.t(
      'VS Code no longer has the stored sign-in, without a sign-out ({0}). Was the keyring replaced, locked or reset?',
      time,
    ),
  clientChanged: (time) => l10n.t('Reltio no longer accepts the client of this sign-in, or its secret ({0}).', time),
  lostAnswer: (time) =>
    l10n.t(
      'Reltio replaced the refresh token, and the answer was lost because a connection broke or a window closed ({0}).',
      time,
    ),
  networkOnly: (time) =>
    l10n.t('The sign-in is in order; only Reltio cannot be reached, or has problems (since {0}).', time),
  unknown: (time) =>
    l10n.t('Reltio no longer accepts the sign-in, and nothing that happened here shows why ({0}).', time),
};
