import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../../core/base/displayText';
import { accountLabel } from '../../../core/model/account';
import type { Session } from '../../../core/model/session';
import type { PickItem } from '../../../editor/prompt/prompt';
import type { Environment } from '../../../editor/settings/environments';
import { environmentsOf } from '../../../editor/settings/environmentsOf';
import type { ServedEnvironment } from '../proxyOfWindow';

/** `addEnvironment` is the item that adds one. */
export type ServedItem = PickItem<ServedEnvironment | 'addEnvironment'>;

/**
 * The environments behind the local proxy, each with the account whose token it gets, or why it gets none. The first one is
 * preselected, and any extension can accept it by running a command. So it is the one in use or one without production data.
 * Pure.
 *
 * @param sessions all that are signed in
 */
export function servedItems(
  served: readonly ServedEnvironment[],
  inUse: Pick<Environment, 'name'> | undefined,
  sessions: readonly Session[],
): readonly ServedItem[] {
  const items = served.map((one) => {
    const { name, production } = one.environment;
    const isInUse = name === inUse?.name;
    const facts = [
      accountFact(one, sessions),
      ...(isInUse ? [l10n.t('in use')] : []),
      ...(production ? [l10n.t('production')] : []),
    ];
    return {
      item: { label: displayText(name), description: facts.join(' · '), value: one },
      rank: isInUse ? 0 : production ? 2 : 1,
    };
  });
  const ofRank = (rank: number): readonly ServedItem[] =>
    items.filter((one) => one.rank === rank).map(({ item }) => item);
  const first = [...ofRank(0), ...ofRank(1)];
  const add: ServedItem = {
    label: l10n.t('Add an environment'),
    description: l10n.t('from a link, an address or a name'),
    value: 'addEnvironment',
  };
  return first.length === 0 ? [add, ...ofRank(2)] : [...first, ...ofRank(2), add];
}

function accountFact({ environment, session }: ServedEnvironment, sessions: readonly Session[]): string {
  if (session !== undefined) {
    return accountLabel(session.account);
  }
  return hasSeveralAccounts(environment, sessions)
    ? l10n.t('several accounts fit: switch to one of them')
    : l10n.t('no account yet: sign in at {0}', displayHostOf(environment.identityServer));
}

/** Why an environment gets no token: several accounts fit and none of them is in use, or none fits. */
export function hasSeveralAccounts(environment: Environment, sessions: readonly Session[]): boolean {
  return sessions.filter(({ account }) => environmentsOf(account, [environment]).length > 0).length > 1;
}
