import * as l10n from '@vscode/l10n';
import type { HistoryEntry } from '../../core/history/entry';
import { goneSessions } from '../../core/history/goneSessions';
import { whySignedOut } from '../../core/history/whySignedOut';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { signedOutText } from '../../editor/messages/signedOutText';
import { note, type Finding } from './finding';

/** Older ones are hardly of interest. */
const mostGone = 3;

/** Why accounts have no token, or are not signed in any more. They are numbered, not named, as in the other findings. */
export function historyFindings(
  entries: readonly HistoryEntry[],
  sessions: readonly Session[],
  now: number,
  days: number,
): readonly Finding[] {
  const labels = sessions.map(({ account }) => accountLabel(account));
  const signedIn = sessions.map(
    (session, index) => [l10n.t('Account {0}, why', index + 1), whySignedOut(entries, session, now, days)] as const,
  );
  const gone = goneSessions(entries, labels)
    .slice(0, mostGone)
    .map(({ id }) => [l10n.t('An earlier account'), whySignedOut(entries, id, now, days)] as const);
  return [...signedIn, ...gone].flatMap(([about, why]) =>
    why === undefined ? [] : [note(about, signedOutText(why, now))],
  );
}
