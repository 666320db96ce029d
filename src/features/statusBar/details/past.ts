import * as l10n from '@vscode/l10n';
import { displayText } from '../../../core/base/displayText';
import type { HistoryEntry } from '../../../core/history/entry';
import { goneSessions } from '../../../core/history/goneSessions';
import { whySignedOut } from '../../../core/history/whySignedOut';
import type { Session } from '../../../core/model/session';
import { signedOutText } from '../../../editor/messages/signedOutText';
import type { Row, SessionDetails } from './sessionRows';

/** What happened to the sessions before. */
export interface Past {
  readonly entries: readonly HistoryEntry[];
  /** How long refresh tokens are valid. */
  readonly days: number;
}

export const noPast: Past = { entries: [], days: 28 };

/** Older ones are hardly of interest. */
const mostGone = 3;
/** The account comes from a file that any program of the user can write (characters). */
const maxLength = 600;

/** Why a session gives no token, if so. */
export function whyRows({ entries, days }: Past, session: Session, now: number): readonly Row[] {
  const why = whySignedOut(entries, session, now, days);
  return why === undefined ? [] : [[l10n.t('Why'), signedOutText(why, now)]];
}

/** The last accounts that are no longer signed in. */
export function goneDetails({ entries }: Past, accounts: readonly string[], now: number): readonly SessionDetails[] {
  return goneSessions(entries, accounts)
    .slice(0, mostGone)
    .flatMap(({ id, account }) => {
      const why = whySignedOut(entries, id, now);
      const state: Row = [l10n.t('State'), l10n.t('signed out')];
      return why === undefined
        ? []
        : [
            {
              account: displayText(account, maxLength),
              mark: 'note' as const,
              rows: [state, [l10n.t('Why'), signedOutText(why, now)]],
            },
          ];
    });
}
