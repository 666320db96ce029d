/** One user (or one client) at one identity server through one client. */
export interface Account {
  /** Origin, such as `https://auth.reltio.com`. */
  readonly identityServer: string;
  readonly clientId: string;
  /** As typed, trimmed. Missing for client credentials. */
  readonly user?: string;
}

/** The client that people use without choosing one; it is left out of the label. */
const usualClientId = 'reltio_ui';

/**
 * What VS Code shows, and the key under which it stores which extensions are trusted: it must stay the same for ever.
 */
export function accountLabel(account: Account): string {
  const { host } = new URL(account.identityServer);
  if (account.user === undefined) {
    return `client ${account.clientId} (${host})`;
  }
  const client = account.clientId === usualClientId ? '' : ` · ${account.clientId}`;
  return `${account.user} (${host})${client}`;
}

/** A stable key of the same triple, user names compared without case. It reads back with `parseAccountId`. */
export function accountId(account: Account): string {
  const id = new URL(account.identityServer);
  id.searchParams.set('client', account.clientId);
  if (account.user !== undefined) {
    id.searchParams.set('user', account.user.trim().toLowerCase());
  }
  return id.href;
}

export function isSameAccount(one: Account, other: Account): boolean {
  return accountId(one) === accountId(other);
}

/** The account that an id stands for, or undefined where it is not one of ours. */
export function parseAccountId(id: string): Account | undefined {
  if (!URL.canParse(id)) {
    return undefined;
  }
  const url = new URL(id);
  const clientId = url.searchParams.get('client');
  const user = url.searchParams.get('user');
  if (clientId === null) {
    return undefined;
  }
  return { identityServer: url.origin, clientId, ...(user === null ? {} : { user }) };
}
