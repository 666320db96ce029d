import { accountLabel } from '../sessions/account';
import type { Session } from '../sessions/session';
import { lifeLeft } from '../sessions/tokens';
import { spanText } from '../support/timeText';
import { conditionOf, endsSoon, type StatusState } from './state';

/** An entry of the menu behind the status bar. */
export interface MenuEntry {
  readonly label: string;
  readonly does: Run | { readonly use: Session };
}

/** A command, about the session in use or about none. */
export interface Run {
  readonly command: string;
  readonly about: 'session' | 'none';
}

export interface MenuSection {
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

/** What the menu offers. Pure; the first entry is the one that most likely helps, and Enter takes it. */
export function menuSections(state: StatusState, others: readonly Session[], now: number): readonly MenuSection[] {
  const { session } = state;
  if (session === undefined) {
    return [{ title: 'Reltio', entries: [signIn('Sign in'), showLog] }];
  }
  const token = [
    ...firstEntries(state, now),
    ...(endsSoon(state, now) ? [entry('$(history) Renew sign-in', 'reltioAuth.renew')] : []),
    entry('$(copy) Copy access token', 'reltioAuth.copyToken'),
    entry('$(copy) Copy Authorization header', 'reltioAuth.copyAuthorizationHeader'),
    entry('$(info) Show details', 'reltioAuth.showDetails'),
  ];
  const accounts = [
    ...others.map((other) => ({ label: `$(account) Use ${accountLabel(other.account)}`, does: { use: other } })),
    signIn('Sign in with another account'),
    entry('$(sign-out) Sign out', 'reltioAuth.signOut'),
    showLog,
  ];
  return [
    { title: accountLabel(session.account), entries: token },
    { title: 'accounts', entries: accounts },
  ];
}

function firstEntries(state: StatusState, now: number): readonly MenuEntry[] {
  const left = state.session === undefined ? 0 : lifeLeft(state.session.tokens, now);
  const refresh = entry(
    `$(sync) Refresh token (${left === 0 ? 'ended' : `${spanText(left)} left`})`,
    'reltioAuth.refreshToken',
  );
  switch (conditionOf(state, left, now)) {
    case 'signInAgain':
      return [signInAgain];
    case 'clientRejected':
      return [entry('$(key) Update client secret', 'reltioAuth.updateClientSecret'), refresh];
    default:
      return [refresh];
  }
}

const signInAgain = entry('$(sign-in) Sign in again', 'reltioAuth.signIn');
const showLog = entry('$(output) Show log', 'reltioAuth.showLog', 'none');

function signIn(label: string): MenuEntry {
  return entry(`$(sign-in) ${label}`, 'reltioAuth.signIn', 'none');
}

function entry(label: string, command: string, about: Run['about'] = 'session'): MenuEntry {
  return { label, does: { command, about } };
}
