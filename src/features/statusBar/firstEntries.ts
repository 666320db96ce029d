import * as l10n from '@vscode/l10n';
import type { Account } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { timeLeft } from '../../core/model/tokens';
import { canRefresh } from '../../core/model/refreshMeans';
import { commandIds } from '../../editor/commandIds';
import { accountText } from '../../editor/messages/accountText';
import { spanText } from '../../editor/messages/timeText';
import { conditionOf, signInExpiresSoon, type StatusState } from './state';

/** An entry of the menu behind the status bar. */
export interface MenuEntry {
  /** The name of a VS Code icon. Not part of the label, where a screen reader would read it aloud. */
  readonly icon: string;
  readonly label: string;
  readonly description?: string;
  /** A second line, for what is too long beside the label. */
  readonly detail?: string;
  readonly does: Run | { readonly use: Session } | { readonly trustedExtensions: Account };
}

export interface CommandEntry extends MenuEntry {
  readonly does: Run;
}

/** A command, for the session in use or for none. */
interface Run {
  readonly command: string;
  readonly about: 'session' | 'none';
}

const signInAgain = entry('sign-in', () => l10n.t('Sign in again'), commandIds.signIn);
const renew = entry('history', () => l10n.t('Renew sign-in'), commandIds.renew);
const updateSecret = entry('key', () => l10n.t('Update client secret'), commandIds.updateClientSecret);
export const diagnose = entry('pulse', () => l10n.t('Diagnose sign-in'), commandIds.diagnose, 'none');

/** The entries that come first, because one of them most likely helps. */
export function firstEntries(state: StatusState, session: Session, now: number): readonly CommandEntry[] {
  const left = timeLeft(session.tokens, now);
  const isRefreshable = canRefresh(session);
  const refreshLabel = (): string =>
    left === 0 ? l10n.t('Refresh token (expired)') : l10n.t('Refresh token ({0} left)', spanText(left));
  const refresh = isRefreshable ? [entry('sync', refreshLabel, commandIds.refreshToken)] : [];
  const { another } = accountText(session.account);
  const renewal =
    signInExpiresSoon(state, now) || !isRefreshable ? [entry(another.icon, () => another.title, another.command)] : [];
  switch (conditionOf(state, left, now)) {
    case 'signInAgain':
    case 'signInSoon':
      return [signInAgain];
    case 'pasteAgain':
      return renewal;
    case 'keepsFailing':
      return [signInAgain, ...refresh, diagnose];
    case 'tokenRejected':
      return [renew];
    case 'clientRejected':
      return [updateSecret, ...refresh];
    case 'offline':
    case 'notRefreshing':
      return [...refresh, diagnose, ...renewal];
    default:
      return [...refresh, ...renewal];
  }
}

/** @param label is asked for when the entry is shown: what a module creates is there before the user's language is known */
export function entry(
  icon: string,
  label: () => string,
  command: string,
  about: Run['about'] = 'session',
): CommandEntry {
  return {
    icon,
    get label() {
      return label();
    },
    does: { command, about },
  };
}
