import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, type FailureCode } from '../../src/core/base/failure';
import { describe, isCancelled, messages, type Remedy } from '../../src/editor/messages/messages';
import { ROOT } from '../process/folders';

/** When each failure happens, in the order of the page. */
const causes: Readonly<Record<FailureCode, string>> = {
  wrongPassword: '400 `invalid_grant` to a password',
  accountLocked:
    '`invalid_grant` or `unauthorized`, and the description speaks of a locked, disabled or expired account',
  passwordExpired: '`invalid_grant` or `unauthorized`, and the description speaks of an expired password',
  wrongCode: '400 `invalid_grant` to a one-time code',
  codeExpired: 'the one-time code came after its time, about ten minutes',
  clientRejected: '`invalid_client`, or `unauthorized` whose description names the client or nobody',
  clientUnknown: 'no secret is stored for the client of this account',
  grantNotAllowed: '`unauthorized_client` or `unsupported_grant_type`',
  signInAgain: 'the refresh token was refused for good',
  refreshTokenRejected: '400 `invalid_grant`, or 401 `invalid_token` / "Invalid refresh token", to a refresh',
  signedOut: 'there is no such session any more',
  tokenRejected: 'an environment refuses the token, the identity server too, and a refresh brings the same one',
  tokenUnchanged: 'a refresh brought the token that has ended',
  forbidden: '403: a missing right, or an IP address that is not on the allow-list',
  rateLimited:
    '429, and once more after the pause; or a `Retry-After` of 429 or 503 that is not over, when nothing is sent',
  askedJustNow:
    'a refresh by hand, or a report of a refused token, within ten seconds of the last one; nothing is sent',
  serverError: '500 to 599, or a refusal whose description tells of an internal error',
  requestRefused: 'any other 4xx',
  badAnswer: '200 with JSON that holds no usable token, or that tells of an error',
  notReltio: 'HTML, an empty or a broken body: often the sign-in page of a guest network',
  redirected: '300 to 399; redirects are never followed',
  noTokenEndpoint: '404, 405 or 410',
  tooLarge: 'an answer of more than 1 MB',
  dns: 'the name of the server is not found',
  unreachable: 'the connection is refused, reset or cut',
  timeout: 'no answer within ten seconds; other extensions wait five',
  tls: 'the certificate does not hold: private, expired or for another name',
  otherServer: 'plain `http` on this machine, and its answer to a request without secrets is not that of the sign-in',
  proxy: 'a proxy answers 407, refuses to connect, or is not there',
  proxySetting: '`reltioAuth.network.proxy`, `http.proxy` or `HTTPS_PROXY` is no address of a proxy, or can be misread',
  caFile: '`reltioAuth.network.caFile` cannot be read or holds no certificate',
  clientCertificate: 'a file of `reltioAuth.network.clientCertificate` cannot be read or is no key',
  passphrase: 'the key of the client certificate has a passphrase that is not stored, or another',
  untrustedHost: 'the host is not under one of `reltioAuth.trustedHosts`',
  sessionsUnreadable: 'the secret storage of VS Code does not open',
  storeDamaged: 'the stored sessions are no valid document',
  storeNewer: 'the stored sessions have a version that this extension does not know',
  noRefreshToken: 'there is no refresh token, and the access token still lives',
  refreshKeepsFailing: 'the token has expired, and every refresh of the last hour was answered with an error',
  lockBusy: 'another window keeps the lock of the account; it loses it after a minute',
  journalUnreadable: 'the file that a closing window left for the session is there and cannot be read',
  storeNotWritten: 'the secret storage refuses to store',
  windowNotFocused: 'a command that copies a token ran in a window without focus, so probably not by a person',
  cancelled: 'the person left a box, or its time was over',
};

const buttons: Readonly<Record<Remedy, string>> = {
  signIn: 'Sign In',
  renew: 'Renew Sign-In',
  updateClientSecret: 'Update Client Secret',
  openSettings: 'Open Settings',
  showLog: 'Show Log',
  diagnose: 'Diagnose',
  enterPassphrase: 'Enter Passphrase',
  reloadWindow: 'Reload Window',
};

const page = join(ROOT, 'docs/troubleshooting.md');
const start = '<!-- table: npm run docs writes it -->';
const end = '<!-- end of table -->';

/** The table of `docs/troubleshooting.md`, from the messages that the extension shows. */
export function troubleshootingTable(): string {
  const rows = Object.entries(causes).map(([name, cause]) => {
    const code = name as FailureCode;
    const { remedy } = messages[code];
    const failure = new Failure(code, { host: 'auth.reltio.com' });
    const sentence = isCancelled(failure) ? 'none: nothing is said' : describe(failure).replace(/\|/g, '\\|');
    return `| ${sentence} | ${cause} | ${remedy === undefined ? '' : buttons[remedy]} | \`${code}\` |`;
  });
  return ['| message | when | button | in the log |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

export function writtenTable(): string {
  const text = readFileSync(page, 'utf8');
  return text.slice(text.indexOf(start) + start.length, text.indexOf(end)).trim();
}

export function writeTroubleshooting(): void {
  const text = readFileSync(page, 'utf8');
  const [before = '', after = ''] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))];
  writeFileSync(page, `${before}${start}\n\n${troubleshootingTable()}\n\n${after}`);
}
