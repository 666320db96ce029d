import assert from 'node:assert/strict';
import { blamedParty, type Party } from '../../../src/core/oauth/blamedParty';

/** Texts of Spring Security and Spring Security OAuth, of Reltio's pages, and of the systems behind such servers. */
const texts: Readonly<Record<Party, readonly string[]>> = {
  client: [
    'Full authentication is required to access this resource',
    'Bad credentials',
    'Bad client credentials',
    'Client credentials have expired',
    'Client is disabled',
    'Client not found: acme_dev',
    'Client acme_dev will be locked after 2 more attempts',
    'No client with requested id: acme_dev',
    'There is no client authentication. Try adding an appropriate authentication filter.',
    'An Authentication object was not found in the SecurityContext',
    'Invalid basic authentication token',
    'Missing authorization header',
    'Missing credentials',
    'org.springframework.security.authentication.BadCredentialsException: Bad credentials',
    'Invalid client secret or password for client acme_dev',
  ],
  account: [
    'User is disabled',
    'User account is locked',
    'User account has expired',
    'Account expired',
    'The account has been suspended',
    'user account is disabled',
    'LockedException: User account is locked',
    'Account is not active',
    'Account validity has expired',
    'Cannot refresh token: User account is locked',
    'User is disabled, token revoked',
    'User is disabled (session 7f3e)',
    'User account is locked; token not issued',
    'error code 5: User is disabled',
    'Account jane is blocked for client reltio_ui',
    'ACCOUNT_LOCKED',
    'account_disabled',
    'USER_LOCKED: Ask your administrator',
  ],
  passwordExpired: [
    'User credentials have expired',
    'Password expired',
    'Your account password has expired',
    'The password must be changed',
    'User must change password',
    'Password change required',
    'Password reset required',
    'You need to change your password',
    'User credentials have expired; session closed',
    'PASSWORD_EXPIRED',
    'password_change_required',
  ],
  credentials: [
    'Invalid Username or Password',
    'Bad user credentials',
    'Unknown user',
    'User not found in database',
    'Wrong password for jane@acme.com.au.',
    'Invalid Username or Password: sql@database.acme.com',
    'Wrong username or password; connection closed',
    'Bad credentials for user jane',
    'User record not found',
    'No record of this user name',
    'USER_NOT_FOUND',
    'Invalid password of user is_locked',
    'Invalid credentials. Account will be locked after 2 more attempts',
    'Wrong password. Your account will be locked after 2 more attempts',
  ],
  server: [
    'Could not open JDBC Connection for transaction; nested exception is java.sql.SQLTransientConnectionException',
    'ldap.acme.com:636; nested exception is javax.naming.CommunicationException',
    'Internal application error.',
    'Internal error while loading the client',
    'Service temporarily unavailable',
    'Connection refused',
    'Row locked by another transaction',
    'Account table locked; retry',
    "Access denied for user 'auth'@'db' (using password: YES)",
    'Read timed out',
    'Unable to reach the directory',
  ],
  unspecified: [
    '',
    ' ',
    '-',
    'Unauthorized',
    ' unauthorised. ',
    '401 Unauthorized',
    '401: "unauthorized"',
    'No message available',
  ],
  other: [
    'Invalid refresh token: 676742af-989b-4d40-b7cc-f69ccadd45ea',
    'Invalid access token: 676742af-989b-4d40-b7cc-f69ccadd45ea',
    'Refresh token is disabled',
    'Refresh token was not found in the database',
    'The verification code of this user has expired',
    'Session not active',
    'Session timed out',
    'Your session has ended: timeout',
    'No record of this refresh token',
    'Client IP 10.1.2.3 is not allowed',
    'Code for user jane has expired',
    'Access token of user jane expired',
    'TOKEN_EXPIRED',
    'SESSION_EXPIRED',
    'INVALID_GRANT',
    'Benutzer ist deaktiviert',
    '用户已禁用',
    'Пользователь отключён',
    'Authentication failed',
    'Nobody knows',
  ],
};

describe('the party that the text of a refusal blames', () => {
  for (const [fault, all] of Object.entries(texts)) {
    for (const text of all) {
      it(`"${text}": ${fault}`, () => {
        assert.equal(blamedParty(text), fault);
      });
    }
  }

  it('is found at the beginning of a text, so that a long one costs no time', () => {
    const rest = ' '.padEnd(1_000_000, 'authentication password user ');
    assert.equal(blamedParty(`User is disabled.${rest}`), 'account');
  });
});
