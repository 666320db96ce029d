import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { timeLeft } from '../../core/model/tokens';
import { canRefresh } from '../../core/model/transitions';
import { spanText } from '../../editor/messages/timeText';
import { conditionOf, signInExpiresSoon, type StatusState } from './state';
import { commandIds } from '../../editor/commandIds';

/** An entry of the menu behind the status bar. */
export interface MenuEntry {
  /** The name of a VS Code icon. Not part of the label, where a screen reader would read it aloud. */
  readonly icon: string;
  readonly label: string;
  readonly does: Run | { readonly use: Session };
}

interface CommandEntry extends MenuEntry {
  readonly does: Run;
}

/** A command, for the session in use or for none. */
interface Run {
  readonly command: string;
  readonly about: 'session' | 'none';
}

export interface MenuSection {
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

/** What a click does, as the user chose in `reltioAuth.statusBar.click`. */
export type Click = typeof commandIds.showMenu | typeof commandIds.refreshToken;

/** The entries of the menu. The first one is the most likely to help, and Enter runs it. Pure. */
export function menuSections(state: StatusState, others: readonly Session[], now: number): readonly MenuSection[] {
  const { session } = state;
  const copied = state.copied === undefined ? [] : [clearCopied];
  if (state.question !== undefined) {
    const entries = [chooseAccount, ...copied, details, signIn('Sign in with another account'), signOut, showLog];
    return [{ title: 'Reltio', entries }];
  }
  if (session === undefined) {
    return [{ title: 'Reltio', entries: [signIn('Sign in'), ...copied, showLog] }];
  }
  const token = [
    ...firstEntries(state, session, now),
    entry('copy', 'Copy access token', commandIds.copyToken),
    entry('copy', 'Copy Authorization header', commandIds.copyAuthorizationHeader),
    ...copied,
    details,
  ];
  const accounts = [
    ...others.map((other) => ({
      icon: 'account',
      label: `Use ${accountLabel(other.account)}`,
      does: { use: other },
    })),
    signIn('Sign in with another account'),
    signOut,
    showLog,
  ];
  return [
    { title: accountLabel(session.account), entries: token },
    { title: 'accounts', entries: accounts },
  ];
}

function firstEntries(state: StatusState, session: Session, now: number): readonly CommandEntry[] {
  const left = timeLeft(session.tokens, now);
  const isRefreshable = canRefresh(session);
  const validity = left === 0 ? 'expired' : `${spanText(left)} left`;
  const refresh = isRefreshable ? [entry('sync', `Refresh token (${validity})`, commandIds.refreshToken)] : [];
  const renewal = signInExpiresSoon(state, now) || !isRefreshable ? [renew] : [];
  switch (conditionOf(state, left, now)) {
    case 'signInAgain':
    case 'signInSoon':
      return [signInAgain];
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

/** The command that a click runs. If a refresh can only fail, the click runs the first entry of the menu instead. */
export function clickCommand(
  wanted: Click,
  state: StatusState,
  now: number,
): { readonly command: string; readonly arguments: readonly string[] } {
  if (state.question !== undefined) {
    return { command: commandIds.chooseAccount, arguments: [] };
  }
  if (state.session === undefined) {
    return { command: commandIds.signIn, arguments: [] };
  }
  if (wanted === commandIds.showMenu) {
    return { command: wanted, arguments: [] };
  }
  const [first] = firstEntries(state, state.session, now);
  return { command: first?.does.command ?? wanted, arguments: [state.session.id] };
}

const signInAgain = entry('sign-in', 'Sign in again', commandIds.signIn);
const renew = entry('history', 'Renew sign-in', commandIds.renew);
const updateSecret = entry('key', 'Update client secret', commandIds.updateClientSecret);
const diagnose = entry('pulse', 'Diagnose sign-in', commandIds.diagnose, 'none');
const chooseAccount = entry('account', 'Choose account', commandIds.chooseAccount, 'none');
const clearCopied = entry('clear-all', 'Clear copied token', commandIds.clearCopiedToken, 'none');
const details = entry('info', 'Show details', commandIds.showDetails);
const signOut = entry('sign-out', 'Sign out', commandIds.signOut);
const showLog = entry('output', 'Show log', commandIds.showLog, 'none');

function signIn(label: string): CommandEntry {
  return entry('sign-in', label, commandIds.signIn, 'none');
}

function entry(icon: string, label: string, command: string, about: Run['about'] = 'session'): CommandEntry {
  return { icon, label, does: { command, about } };
}
