import { createHash } from 'node:crypto';
import { displayText, displayHostOf, displayOriginOf } from '../base/displayText';

/** One user (or one client) at one identity server through one client. */
export interface Account {
  /** Origin, such as `https://auth.reltio.com`. */
  readonly identityServer: string;
  /** `pastedTokenClient` if the token was pasted: the client that it was issued to is not known for sure. */
  readonly clientId: string;
  /** As typed, trimmed. Missing for client credentials. */
  readonly user?: string;
}

/** The client that is used by default; the label leaves it out. */
const defaultClientId = 'reltio_ui';

/**
 * Stands in for the client of a pasted token; `accountKind.ts` says what that means. No real client id contains a colon
 * (RFC 6749 section 2.3.1, HTTP Basic).
 */
export const pastedTokenClient = ':pasted';

/** The longest user name or client id that a label shows in full, in characters: an e-mail address has at most 254. */
const maxWordLength = 254;

/** Host name (and port) of the account's identity server. */
export function hostOf({ identityServer }: Pick<Account, 'identityServer'>): string {
  return new URL(identityServer).host;
}

/**
 * What VS Code shows, and the key under which it stores which extensions are trusted: it must never change, and no two
 * accounts may share it. So it shows plain `http`, which is allowed on this machine only, and leaves out `https`.
 */
export function accountLabel({ identityServer, clientId, user }: Account): string {
  const place = identityServer.startsWith('http:')
    ? displayOriginOf(identityServer)
    : displayHostOf(identityServer, Infinity);
  if (user === undefined) {
    return `client ${inLabel(clientId, / /)} (${place})`;
  }
  return `${inLabel(user, / [(·]|^client /)} (${place})${clientInLabel(clientId)}`;
}

function clientInLabel(clientId: string): string {
  switch (clientId) {
    case defaultClientId:
      return '';
    case pastedTokenClient:
      return ' · pasted token'; // a client id with a space gets a fingerprint, so no client has this label
    default:
      return ` · ${inLabel(clientId, / /)}`;
  }
}

/**
 * Returns an ordinary word unchanged. Otherwise returns its displayable form and a fingerprint, because different words
 * may look the same.
 *
 * @param ambiguous matches text that could make this label equal to another account's
 */
function inLabel(word: string, ambiguous: RegExp): string {
  const shown = displayText(word, maxWordLength);
  return shown === word && !ambiguous.test(word) && !doubtful.test(word)
    ? word
    : `${shown} #${createHash('sha256').update(word).digest('hex').slice(0, 12)}`;
}

/** A fingerprint, or emoji that are joined, which look the same in some fonts if they are not. */
const doubtful = / #[\da-f]{12}$|\u200D/;

/** A stable key of the account, the same for user names that differ only in case. `parseAccountId` reads it back. */
export function accountId(account: Account): string {
  const id = new URL(account.identityServer);
  id.searchParams.set('client', account.clientId);
  if (account.user !== undefined) {
    id.searchParams.set('user', account.user.trim().toLowerCase());
  }
  return id.href;
}

/**
 * The name of the lock that a window holds while it refreshes. It belongs to the account, not to the session: a sign-in
 * during a refresh may return the refresh token that is being sent.
 */
export function refreshLock(account: Account): string {
  return `refresh-${createHash('sha256').update(accountId(account)).digest('hex').slice(0, 32)}`;
}

export function isSameAccount(one: Account, other: Account): boolean {
  const isWrittenAlike =
    one.identityServer === other.identityServer && one.clientId === other.clientId && one.user === other.user;
  return isWrittenAlike || accountId(one) === accountId(other);
}

/** The account with this id, or undefined if the id is not one of ours. */
export function parseAccountId(id: string): Account | undefined {
  if (!URL.canParse(id)) {
    return undefined;
  }
  const url = new URL(id);
  if (!/^https?:$/.test(url.protocol)) {
    return undefined; // no other scheme has an origin
  }
  const clientId = url.searchParams.get('client');
  const user = url.searchParams.get('user');
  if (clientId === null) {
    return undefined;
  }
  return { identityServer: url.origin, clientId, ...(user === null ? {} : { user }) };
}
