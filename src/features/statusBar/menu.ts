import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';
import { accountLabel, type Account } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { commandIds } from '../../editor/commandIds';
import { accountName } from './accountName';
import { proxySection } from './localProxy/proxySection';
import { diagnose, entry, firstEntries, type CommandEntry, type MenuEntry } from './firstEntries';
import type { StatusState } from './state';

/** The most of a label that leaves room for the longest entry in every language (characters). */
const maxTitleLength = 40;

export interface MenuSection {
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

/** The entries of the menu. The first one is the most likely to help, and Enter runs it. Pure. */
export function menuSections(state: StatusState, others: readonly Session[], now: number): readonly MenuSection[] {
  const { session } = state;
  const copied = state.copied === undefined ? [] : [clearCopied];
  if (state.question !== undefined) {
    const entries = [
      chooseAccount,
      ...copied,
      details,
      signIn(() => l10n.t('Sign in with another account')),
      signOut,
      showLog,
    ];
    return [{ title: 'Reltio', entries }, proxySection(state.localProxy, now)];
  }
  if (session === undefined) {
    const entries = [signIn(() => l10n.t('Sign in')), getStarted, ...copied, diagnose, showLog];
    return [{ title: 'Reltio', entries }, ...environments(state), proxySection(state.localProxy, now)];
  }
  const token = [
    ...firstEntries(state, session, now),
    entry('copy', () => l10n.t('Copy access token'), commandIds.copyToken),
    entry('copy', () => l10n.t('Copy Authorization header'), commandIds.copyAuthorizationHeader),
    entry('terminal', () => l10n.t('Copy as cURL'), commandIds.copyCurl),
    ...copied,
    entry('person', () => l10n.t('Who am I'), commandIds.whoAmI),
    details,
  ];
  const accounts = [
    ...others.map((other) => ({
      icon: 'account',
      label: l10n.t('Use {0}', accountLabel(other.account)),
      does: { use: other },
    })),
    signIn(() => l10n.t('Sign in with another account')),
    {
      icon: 'extensions',
      label: l10n.t('Other extensions that use this account'),
      does: { trustedExtensions: session.account },
    },
    signOut,
    showLog,
  ];
  return [
    { title: title(session.account, state.otherAccounts), entries: token },
    ...environments(state),
    proxySection(state.localProxy, now),
    { title: l10n.t('accounts'), entries: accounts },
  ];
}

/** The label where it leaves room: VS Code shows a title beside the first entry, and cuts off the entry for it. */
function title(account: Account, others: readonly Account[]): string {
  const label = accountLabel(account);
  return label.length > maxTitleLength ? accountName(account, others) : label;
}

function environments({ environment, hasSeveralEnvironments }: StatusState): readonly MenuSection[] {
  const label = (): string => {
    if (environment === undefined) {
      return l10n.t('Choose environment');
    }
    const name = displayText(environment.name);
    return environment.production
      ? l10n.t('Switch environment (now {0}, production)', name)
      : l10n.t('Switch environment (now {0})', name);
  };
  const change = entry('server-environment', label, commandIds.switchEnvironment, 'none');
  return [{ title: l10n.t('environment'), entries: [...(hasSeveralEnvironments ? [change] : []), addEnvironment] }];
}

const addEnvironment = entry('add', () => l10n.t('Add environment'), commandIds.addEnvironment, 'none');
const chooseAccount = entry('account', () => l10n.t('Choose account'), commandIds.switchAccount, 'none');
const clearCopied = entry('clear-all', () => l10n.t('Clear copied token'), commandIds.clearCopiedToken, 'none');
const details = entry('info', () => l10n.t('Show details'), commandIds.showDetails);
const getStarted = entry('rocket', () => l10n.t('Get started'), commandIds.getStarted, 'none');
const signOut = entry('sign-out', () => l10n.t('Sign out'), commandIds.signOut);
const showLog = entry('output', () => l10n.t('Show log'), commandIds.showLog, 'none');

function signIn(label: () => string): CommandEntry {
  return entry('sign-in', label, commandIds.signIn, 'none');
}
