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

const signInAgain = entry('sign-in', 'Sign in again', commandIds.signIn);
const renew = entry('history', 'Renew sign-in', commandIds.renew);
const updateSecret = entry('key', 'Update client secret', commandIds.updateClientSecret);
export const diagnose = entry('pulse', 'Diagnose sign-in', commandIds.diagnose, 'none');

/** The entries that come first, because one of them most likely helps. */
export function firstEntries(state: StatusState, session: Session, now: number): readonly CommandEntry[] {
  const left = timeLeft(session.tokens, now);
  const isRefreshable = canRefresh(session);
  const validity = left === 0 ? 'expired' : `${spanText(left)} left`;
  const refresh = isRefreshable ? [entry('sync', `Refresh token (${validity})`, commandIds.refreshToken)] : [];
  const { icon, title, command } = accountText(session.account).another;
  const renewal = signInExpiresSoon(state, now) || !isRefreshable ? [entry(icon, title, command)] : [];
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

export function entry(icon: string, label: string, command: string, about: Run['about'] = 'session'): CommandEntry {
  return { icon, label, does: { command, about } };
}
