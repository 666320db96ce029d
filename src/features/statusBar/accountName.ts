import { displayText } from '../../core/base/displayText';
import { hostOf, type Account } from '../../core/model/account';
import { accountKind } from '../../core/model/accountKind';

/** The most of a user name or client id that the item shows, because it shares the status bar with others (characters). */
const maxNameLength = 30;

/**
 * How the item names an account: by its user or client. If another account has the same one, then also by its identity
 * server, its client, or both: by what tells it apart. That a token was pasted is shown elsewhere.
 *
 * @param isServerKnown the environment is shown too, and it tells the identity server
 */
export function accountName(account: Account, others: readonly Account[], isServerKnown = false): string {
  const sameName = others.filter((other) => isSameName(other, account) && accountKind(other) === accountKind(account));
  const isHere = ({ identityServer }: Account): boolean => identityServer === account.identityServer;
  const apart = [
    ...(isServerKnown || sameName.every(isHere) ? [] : [hostOf(account)]),
    ...(sameName.some(isHere) ? [account.clientId] : []),
  ];
  const name = displayText(nameOf(account), maxNameLength);
  return apart.length === 0 ? name : `${name} (${displayText(apart.join(', '), maxNameLength)})`;
}

function nameOf({ user, clientId }: Account): string {
  return user ?? clientId;
}

function isSameName(one: Account, other: Account): boolean {
  return nameOf(one).toLowerCase() === nameOf(other).toLowerCase();
}
