/**
 * The party that the text of an error response blames. Spring answers 401 `unauthorized` for a wrong client, for a user
 * who is not allowed in and for internal errors; only the text distinguishes them
 * (`DefaultWebResponseExceptionTranslator`, `AccountStatusUserDetailsChecker`).
 */
export type Party =
  /** The client is wrong, or the request named none. */
  | 'client'
  /** The user's account is locked, disabled or expired. */
  | 'account'
  /** The user's password has expired or must be changed. */
  | 'passwordExpired'
  /** The user name or the password is wrong. */
  | 'credentials'
  /** Something behind the identity server failed, such as its database. */
  | 'server'
  /** The text says no more than the error code. */
  | 'unspecified'
  | 'other';

/** Spring Boot's own error page says "No message available" if there is no text. */
const emptyText = /^(401 ?)?(unauthori[sz]ed|no message available)?$/i;

const user = /\b(users?|accounts?|user ?names?)\b/i;
const client = /\bclients?\b(?! ip\b)/i;
/** With one of these words, a token, session or one-time code is locked, expired or not found, not the account. */
const credential = /\b(tokens?|sessions?|totp|otp)\b|(?<!\b(error|status) )\bcodes?\b/i;
const missingToken = /\btoken\b.*\b(not found|unknown|revoked|does not exist)\b/i;

const lockedOut = any(
  /\b(?<!\b(will|to|get|gets|being) (be )?)(locked|disabled|blocked|suspended|deactivated)\b(?! (after|in|out after)\b)/,
  /\b(inactive|not (active|enabled|activated))\b/,
  /\b(user|account)( \w+)?( has| is| was)?( been)? expired\b/,
);
const expiredPassword = any(
  /\b(password|credentials?)\b.*\bexpired\b/,
  /\bexpired (password|credentials?)\b/,
  /\bpassword\b.*\b(must|needs? to|has to) be (changed|reset)\b/,
  /\b(must|needs? to|have to|has to) (change|reset) (\w+ )?password\b/,
  /\bpassword (change|reset) (is )?(required|needed)\b/,
);
/** A database reports its own locks and passwords. */
const database =
  /\b(row|table|record|transaction)s? (is |are )?locked\b|\blocked by\b.*\btransaction\b|\busing password\b/i;
const wrongCredentials = any(
  /\b(wrong|invalid|incorrect|bad)( user)? ?(name|password|username)\b/,
  /\b(unknown|no such) user\b/,
  /\buser\b.*\b(not found|does not exist|unknown)\b/,
);
const mentionsCredentials = any(/\buser ?names?\b/, /\bpasswords?\b/, /\buser credentials\b/);
const refusedClient = any(
  /\bfull authentication is required\b/,
  /\b(bad|wrong|invalid|incorrect) (client )?credentials\b/,
);
const missingAuthentication = any(
  /\bauthentication\b.*\b(required|missing|needed|not found)\b/,
  /\b(no|not|missing|empty|invalid|malformed|basic) (authenticat\w+|authorization(?! code))\b/,
  /\b(no|missing|empty) credentials\b/,
  /\bunauthenticated\b/,
  /\bauthorization header\b/,
);
const internal = any(
  /\binternal( \w+)? (error|failure|exception|problem|fault)\b/,
  /\b(exception|jdbc|sql|database|data ?source|ldap|socket|unavailable|i\/o|cassandra|redis)\b/,
  /\bconnect(ing)? to\b|\bconnections?\b/,
  /(?<![\w.])(java|javax|org|com)\.\w+\.\w+/,
  /\b(unable|failed|could not|cannot) (to )?(reach|access|contact|query|open|obtain)\b/,
);

/** Of a request, unless the text is about a session that timed out. */
const timeout = /\b(timeout|timed out)\b/i;

/** The beginning of a text says what it is about; the rest may quote a token of several KB (characters). */
const maxTextLength = 1_000;

/** Pure. Texts in languages other than English are `other`. */
export function blamedParty(whole: string): Party {
  const text = whole
    .slice(0, maxTextLength)
    .replace(/\S+@\S+/g, ' ') // a user's e-mail address may contain any word
    .replace(/(?<=^\w*)_/g, ' '); // a code such as `ACCOUNT_LOCKED`; a later word may be a user name
  if (emptyText.test(text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim())) {
    return 'unspecified';
  }
  if (database.test(text)) {
    return 'server';
  }
  const aboutTheUser = text
    .split(/[.,:;()\n]/)
    .filter((clause) => !isOnlyTheClient(clause) && !credential.test(clause));
  if (aboutTheUser.some((clause) => expiredPassword.test(clause))) {
    return 'passwordExpired';
  }
  if (aboutTheUser.some((clause) => lockedOut.test(clause))) {
    return 'account';
  }
  if (missingToken.test(text)) {
    return 'other';
  }
  if (!isOnlyTheClient(text) && wrongCredentials.test(text)) {
    return 'credentials';
  }
  if (refusedClient.test(text)) {
    return user.test(text) ? 'credentials' : 'client'; // also after the name of an exception
  }
  if (internal.test(text) || (timeout.test(text) && !credential.test(text))) {
    return 'server';
  }
  if (!isOnlyTheClient(text) && mentionsCredentials.test(text)) {
    return 'credentials';
  }
  return client.test(text) || missingAuthentication.test(text) ? 'client' : 'other';
}

function isOnlyTheClient(text: string): boolean {
  return client.test(text) && !user.test(text);
}

function any(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map(({ source }) => source).join('|'), 'i');
}
