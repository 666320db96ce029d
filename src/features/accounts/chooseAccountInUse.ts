import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { accountLabel, type Account } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import type { AccountQuestion } from '../../editor/accountInUse';
import type { Environment } from '../../editor/settings/environments';
import { environmentNames, environmentsOf } from '../../editor/settings/environmentsOf';

export interface AccountChoice extends AccountQuestion {
  /** The last signed in first. */
  readonly known: readonly Session[];
  readonly inUse: Session | undefined;
  readonly environments: readonly Environment[];
}

export interface AccountItem {
  readonly label: string;
  readonly description?: string;
  /** Undefined: sign in as `account`, or as anybody. */
  readonly session?: Session;
  readonly account?: Account;
}

/**
 * What the user may pick. The first is preselected, and any extension can accept it with a command: it changes nothing,
 * or is the least that can be chosen by mistake. An account for production alone is never the first. Pure.
 */
export function accountItems({ known, inUse, gone, environments }: AccountChoice): readonly AccountItem[] {
  const items = known.map((session) => {
    const own = environmentsOf(session.account, environments);
    const names = environmentNames(own);
    const inUseHere = session === inUse ? ['in use'] : [];
    return {
      item: {
        label: accountLabel(session.account),
        description: [...inUseHere, ...(names === '' ? [] : [names])].join(' · '),
        session,
      },
      rank: session === inUse ? -1 : productionRank(own),
    };
  });
  const upTo = (least: number, most: number): readonly AccountItem[] =>
    items
      .filter(({ rank }) => rank >= least && rank <= most)
      .sort((one, other) => one.rank - other.rank)
      .map(({ item }) => item);
  const signIn: AccountItem =
    gone === undefined
      ? { label: 'Sign in with another account' }
      : { label: `Sign in again as ${accountLabel(gone)}`, account: gone };
  return gone === undefined ? [...upTo(-1, 1), signIn, ...upTo(2, 2)] : [signIn, ...upTo(-1, 2)];
}

/** 0: no production known; 1: production among others; 2: production alone. */
function productionRank(environments: readonly Environment[]): number {
  const isProduction = ({ production }: Environment): boolean => production;
  return environments.some(isProduction) ? (environments.every(isProduction) ? 2 : 1) : 0;
}

/**
 * Lets the user pick the account that this workspace uses.
 *
 * @throws {Failure} `cancelled` when the user leaves the list or the sign-in
 */
export async function chooseAccountInUse(
  choice: AccountChoice,
  signIn: (account: Account | undefined) => Promise<Session>,
): Promise<Session> {
  const picked = await vscode.window.showQuickPick(accountItems(choice), {
    title: choice.gone === undefined ? 'Reltio account' : `${accountLabel(choice.gone)} is not signed in any more`,
    placeHolder: 'Which account should this workspace use?',
  });
  if (picked === undefined) {
    throw new Failure('cancelled');
  }
  return picked.session ?? (await signIn(picked.account));
}
