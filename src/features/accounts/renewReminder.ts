import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { accountId, accountLabel } from '../../core/model/account';
import type { Clock } from '../../core/base/clock';
import type { Session } from '../../core/model/session';
import { dueReminders } from '../../core/model/renewNotice';
import type { Memory } from '../../editor/memory';
import { whenText } from '../../editor/messages/whenText';
import { commandIds } from '../../editor/commandIds';

const key = 'renewReminded';

export interface RenewReminderParts {
  readonly sessions: readonly Session[];
  readonly refreshTokenDays: number;
  /** Shared by all windows, so that the user sees one message a day, not one per window. */
  readonly memory: Memory;
  readonly clock: Clock;
}

/** Shows, once a day, that a sign-in is about to expire. Call this when the window gets the focus. */
export async function remindToRenew({ sessions, refreshTokenDays, memory, clock }: RenewReminderParts): Promise<void> {
  const stored = memory.get(key);
  const reminded = (typeof stored === 'object' && stored !== null ? stored : {}) as Readonly<Record<string, number>>;
  const now = clock.now();
  const due = dueReminders(sessions, reminded, refreshTokenDays, now);
  if (due.length === 0) {
    return;
  }
  const today = Object.fromEntries(due.map(({ session }) => [accountId(session.account), now]));
  await memory.update(key, { ...reminded, ...today });
  for (const { session, expiresAt } of due) {
    void offer(session, reminderText(accountLabel(session.account), whenText(expiresAt, now), expiresAt <= now));
  }
}

function reminderText(label: string, when: string, isOverdue: boolean): string {
  return isOverdue
    ? l10n.t('The Reltio sign-in of {0} was due to expire {1}. Renew it to stay signed in.', label, when)
    : l10n.t('The Reltio sign-in of {0} expires {1}. Renew it to stay signed in.', label, when);
}

async function offer({ id }: Session, message: string): Promise<void> {
  const pressed = await vscode.window.showWarningMessage(message, l10n.t('Renew Sign-In'));
  if (pressed !== undefined) {
    await vscode.commands.executeCommand(commandIds.renew, id);
  }
}
