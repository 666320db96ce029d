import { isObject } from '../base/json';
import { accountId, type Account } from './account';
import type { Session } from './session';

/**
 * The unreadable entries to keep. A newer version may have written them, so they are kept; but a user who signs out
 * wants no token of that account to stay, and after signing out of the last visible account, no token at all.
 */
export function unreadableAfter(
  unreadable: readonly unknown[],
  before: readonly Session[],
  after: readonly Session[],
): readonly unknown[] {
  if (unreadable.length === 0 || after.length === 0) {
    return [];
  }
  const kept = new Set(after.map(({ account }) => accountId(account)));
  const gone = before.map(({ account }) => account).filter((account) => !kept.has(accountId(account)));
  return unreadable.filter((entry) => !gone.some((account) => isOf(entry, account)));
}

function isOf(entry: unknown, { identityServer, clientId, user }: Account): boolean {
  const account = isObject(entry) ? entry['account'] : undefined;
  if (!isObject(account) || account['identityServer'] !== identityServer || account['clientId'] !== clientId) {
    return false;
  }
  const theirs = account['user'];
  return typeof theirs === 'string' ? theirs.trim().toLowerCase() === user?.trim().toLowerCase() : user === undefined;
}
