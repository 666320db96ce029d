import * as l10n from '@vscode/l10n';
import type { Cause, SignedOut } from '../../core/history/signedOut';
import { timeText } from './timeText';

/** Why a session gives no token, and what to do next, in one or two sentences. */
export function signedOutText({ cause, at }: SignedOut, now: number): string {
  return sentences[cause](timeText(at, now));
}

const sentences: Readonly<Record<Cause, (time: string) => string>> = {
  expired: (time) =>
    l10n.t(
      'This sign-in has expired, as Reltio lets it after 28 days or what your client is set to ({0}). Sign in again.',
      time,
    ),
  tokenExpired: (time) =>
    l10n.t('The token has expired ({0}), and it cannot be refreshed. Sign in again, or paste another token.', time),
  anotherLogin: (time) =>
    l10n.t('Another program used the same Reltio login, and that ended the token here ({0}). Sign in again.', time),
  signedOutHere: (time) => l10n.t('You signed out in VS Code ({0}). To sign in again, run "Reltio: Sign In".', time),
  revokedHere: (time) =>
    l10n.t('Renew Sign-In revoked the old tokens ({0}), but the new sign-in was not finished. Sign in again.', time),
  revokedElsewhere: (time) =>
    l10n.t(
      'This sign-in was revoked outside VS Code, by an administrator or another program ({0}). Sign in again.',
      time,
    ),
  idlePolicy: (time) =>
    l10n.t(
      'Reltio ended this sign-in because it was not used for a while, which your company seems to have set up ({0}). Sign in ' +
        'again.',
      time,
    ),
  clock: (time) =>
    l10n.t(
      'The clock of this computer was changed ({0}), so the token only seems to have expired. Check the date and time, then ' +
        'sign in again.',
      time,
    ),
  keyring: (time) =>
    l10n.t(
      'VS Code could not read its stored sign-ins ({0}). Check that your keyring is unlocked and still the same, then sign in ' +
        'again.',
      time,
    ),
  clientChanged: (time) =>
    l10n.t(
      'Reltio no longer accepts the client of this sign-in or its secret ({0}). Run "Reltio: Update Client Secret".',
      time,
    ),
  lostAnswer: (time) =>
    l10n.t(
      'Reltio replaced the refresh token ({0}), but its answer was lost when the connection broke or a window closed. Sign in ' +
        'again.',
      time,
    ),
  networkOnly: (time) =>
    l10n.t(
      'You are still signed in. Reltio just cannot be reached, or has problems, since {0}. Try again later.',
      time,
    ),
  unknown: (time) =>
    l10n.t(
      'Reltio no longer accepts this sign-in ({0}), and nothing that happened here shows why. Sign in again.',
      time,
    ),
};
