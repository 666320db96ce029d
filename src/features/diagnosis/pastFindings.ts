import * as l10n from '@vscode/l10n';
import { goneSessions } from '../../core/history/goneSessions';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { whyText, type Past } from '../../editor/messages/whyText';
import { note, type Finding } from './finding';

/** The accounts that are no longer signed in, and why. They are numbered, not named, like the others. */
export function goneFindings(sessions: readonly Session[], now: number, past: Past): readonly Finding[] {
  const signedIn = sessions.map(({ account }) => accountLabel(account));
  return goneSessions(past.entries, signedIn).flatMap(({ id }, index) => {
    const why = whyText(id, now, past);
    return why === undefined ? [] : [note(l10n.t('Former account {0}', index + 1), why)];
  });
}
