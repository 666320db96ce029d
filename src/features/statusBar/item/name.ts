import { accountText } from '../../../editor/messages/accountText';
import { accountName } from '../accountName';
import { environmentLabel } from '../environmentText';
import type { Condition, StatusState } from '../state';

/**
 * The account is named only if this workspace has used more than one; for the environment see `environmentLabel`. A pasted
 * token is always called so, because it is never refreshed.
 */
export function nameOf(state: StatusState, condition: Condition): string {
  const { session, isNamed, otherAccounts } = state;
  const environment = environmentLabel(state);
  const account =
    isNamed && session !== undefined ? accountName(session.account, otherAccounts, environment !== '') : '';
  const saysSo = condition === 'pasteSoon' || condition === 'pasteAgain'; // the rest of the text says that it was pasted
  const tag = session === undefined || saysSo ? '' : accountText(session.account).tag;
  const names = [account, tag, environment].filter((name) => name !== '');
  return names.length === 0 ? 'Reltio' : `Reltio ${names.join(' · ')}`;
}
