import * as l10n from '@vscode/l10n';
import type { HistoryEntry } from '../../core/history/entry';
import { goneSessions } from '../../core/history/goneSessions';
import { whySignedOut } from '../../core/history/whySignedOut';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { signedOutText } from '../../editor/messages/signedOutText';
import { note, type Finding } from './finding';

/** What is known of the past. */
export interface Past {
  readonly entries: readonly HistoryEntry[];
  /** How long refresh tokens are valid. */
  readonly refreshTokenDays: number;
}

/** Why a session gives no token; undefined if it gives one. */
export function whyText(session: Session | string, now: number, past: Past): string | undefined {
  const why = whySignedOut(past.entries, session, now, past.refreshTokenDays);
  return why === undefined ? undefined : signedOutText(why, now);
}

/** The accounts that are no longer signed in, and why. They are numbered, not named, like the others. */
export function goneFindings(sessions: readonly Session[], now: number, past: Past): readonly Finding[] {
  const signedIn = sessions.map(({ account }) => accountLabel(account));
  return goneSessions(past.entries, signedIn).flatMap(({ id }, index) => {
    const why = whyText(id, now, past);
    return why === undefined ? [] : [note(l10n.t('Former account {0}', index + 1), why)];
  });
}
