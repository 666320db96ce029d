import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { accountLabel, type Account } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import type { AccountQuestion } from '../../editor/accountInUse';
import type { Environment } from '../../editor/settings/environments';
import { environmentNames, environmentsOf } from '../../editor/settings/environmentsOf';

export interface AccountChoice extends AccountQuestion {
  /** Most recently signed in first. */
  readonly known: readonly Session[];
  readonly inUse: Session | undefined;
  readonly environments: readonly Environment[];
}

export interface AccountItem {
  readonly label: string;
  readonly description?: string;
  /** Undefined for an item that starts a sign-in: as `account`, or as any account. */
  readonly session?: Session;
  readonly account?: Account;
}

/**
 * The items to pick from. The first one is preselected, and any extension can accept it by running a command. So it is the
 * one that does the least harm by mistake, and never an account that is used for production only. Pure.
 */
export function accountItems({ known, inUse, signedOutAccount, environments }: AccountChoice): readonly AccountItem[] {
  const items = known.map((session) => {
    const own = environmentsOf(session.account, environments);
    const names = environmentNames(own);
    const inUseHere = session === inUse ? [l10n.t('in use')] : [];
    return {
      item: {
        label: accountLabel(session.account),
        description: [...inUseHere, ...(names === '' ? [] : [names])].join(' · '),
        session,
      },
      rank: session === inUse ? -1 : productionRank(own),
    };
  });
  const ranked = (lowest: number, highest: number): readonly AccountItem[] =>
    items
      .filter(({ rank }) => rank >= lowest && rank <= highest)
      .sort((one, other) => one.rank - other.rank)
      .map(({ item }) => item);
  const signIn: AccountItem =
    signedOutAccount === undefined
      ? { label: l10n.t('Sign in with another account') }
      : { label: l10n.t('Sign in again as {0}', accountLabel(signedOutAccount)), account: signedOutAccount };
  return signedOutAccount === undefined ? [...ranked(-1, 1), signIn, ...ranked(2, 2)] : [signIn, ...ranked(-1, 2)];
}

/** 0: no production environment; 1: production among others; 2: production only. */
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
    title:
      choice.signedOutAccount === undefined
        ? l10n.t('Reltio account')
        : l10n.t('{0} is no longer signed in', accountLabel(choice.signedOutAccount)),
    placeHolder: l10n.t('Which account should this workspace use?'),
  });
  if (picked === undefined) {
    throw new Failure('cancelled');
  }
  return picked.session ?? (await signIn(picked.account));
}
