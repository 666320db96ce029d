import { displayText } from '../../core/base/displayText';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { commandIds } from '../../editor/commandIds';
import { proxySection } from './localProxy/proxySection';
import { diagnose, entry, firstEntries, type CommandEntry, type MenuEntry } from './firstEntries';
import type { StatusState } from './state';

export interface MenuSection {
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

/** The entries of the menu. The first one is the most likely to help, and Enter runs it. Pure. */
export function menuSections(state: StatusState, others: readonly Session[], now: number): readonly MenuSection[] {
  const { session } = state;
  const copied = state.copied === undefined ? [] : [clearCopied];
  if (state.question !== undefined) {
    const entries = [chooseAccount, ...copied, details, signIn('Sign in with another account'), signOut, showLog];
    return [{ title: 'Reltio', entries }, proxySection(state.localProxy, now)];
  }
  if (session === undefined) {
    const entries = [signIn('Sign in'), getStarted, ...copied, diagnose, showLog];
    return [{ title: 'Reltio', entries }, ...environments(state), proxySection(state.localProxy, now)];
  }
  const token = [
    ...firstEntries(state, session, now),
    entry('copy', 'Copy access token', commandIds.copyToken),
    entry('copy', 'Copy Authorization header', commandIds.copyAuthorizationHeader),
    entry('terminal', 'Copy as cURL', commandIds.copyCurl),
    ...copied,
    entry('person', 'Who am I', commandIds.whoAmI),
    details,
  ];
  const accounts = [
    ...others.map((other) => ({
      icon: 'account',
      label: `Use ${accountLabel(other.account)}`,
      does: { use: other },
    })),
    signIn('Sign in with another account'),
    {
      icon: 'extensions',
      label: 'Other extensions that use this account',
      does: { trustedExtensions: session.account },
    },
    signOut,
    showLog,
  ];
  return [
    { title: accountLabel(session.account), entries: token },
    ...environments(state),
    proxySection(state.localProxy, now),
    { title: 'accounts', entries: accounts },
  ];
}

function environments({ environment, hasSeveralEnvironments }: StatusState): readonly MenuSection[] {
  const inUse = environment && [displayText(environment.name), ...(environment.production ? ['production'] : [])];
  const label = inUse === undefined ? 'Choose environment' : `Switch environment (now ${inUse.join(', ')})`;
  const change = entry('server-environment', label, commandIds.switchEnvironment, 'none');
  return [{ title: 'environment', entries: [...(hasSeveralEnvironments ? [change] : []), addEnvironment] }];
}

const addEnvironment = entry('add', 'Add environment', commandIds.addEnvironment, 'none');
const chooseAccount = entry('account', 'Choose account', commandIds.switchAccount, 'none');
const clearCopied = entry('clear-all', 'Clear copied token', commandIds.clearCopiedToken, 'none');
const details = entry('info', 'Show details', commandIds.showDetails);
const getStarted = entry('rocket', 'Get started', commandIds.getStarted, 'none');
const signOut = entry('sign-out', 'Sign out', commandIds.signOut);
const showLog = entry('output', 'Show log', commandIds.showLog, 'none');

function signIn(label: string): CommandEntry {
  return entry('sign-in', label, commandIds.signIn, 'none');
}
