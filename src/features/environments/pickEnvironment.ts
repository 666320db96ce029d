import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { displayHostOf, displayText } from '../../core/base/displayText';
import type { Environment } from '../../editor/settings/environments';

export interface EnvironmentItem {
  readonly label: string;
  readonly description: string;
  /** Undefined for the item that adds one. */
  readonly environment?: Environment;
}

/**
 * The items to pick from. The first one is preselected, and any extension can accept it by running a command. So it is the
 * one in use or one without production data, never production that the user has not chosen before. Pure.
 */
export function environmentItems(
  environments: readonly Environment[],
  inUse: Environment | undefined,
): readonly EnvironmentItem[] {
  const items = environments.map((environment) => {
    const { name, url, tenant, production } = environment;
    const isInUse = name === inUse?.name;
    const facts = [
      ...(isInUse ? [l10n.t('in use')] : []),
      displayHostOf(url),
      ...(tenant === undefined ? [] : [displayText(tenant)]),
      ...(production ? [l10n.t('production')] : []),
    ];
    return {
      item: { label: displayText(name), description: facts.join(' · '), environment },
      rank: isInUse ? 0 : production ? 2 : 1,
    };
  });
  const ofRank = (...ranks: readonly number[]): readonly EnvironmentItem[] =>
    ranks.flatMap((rank) => items.filter((one) => one.rank === rank).map(({ item }) => item));
  const add = { label: l10n.t('Add an environment'), description: l10n.t('from a link, an address or a name') };
  const [first, last] = [ofRank(0, 1), ofRank(2)];
  return first.length === 0 ? [add, ...last] : [...first, ...last, add];
}

/**
 * Lets the user pick an environment.
 *
 * @returns undefined to add another one
 * @throws {Failure} `cancelled` when the user leaves the list
 */
export async function pickEnvironment(
  environments: readonly Environment[],
  inUse: Environment | undefined,
): Promise<Environment | undefined> {
  const picked = await vscode.window.showQuickPick(environmentItems(environments, inUse), {
    title: l10n.t('Reltio environment'),
    placeHolder: l10n.t('Which environment should this workspace use?'),
    matchOnDescription: true,
  });
  if (picked === undefined) {
    throw new Failure('cancelled');
  }
  return picked.environment;
}
