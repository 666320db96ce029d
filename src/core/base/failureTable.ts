import { row, type FailureGroup, type FailureRow } from './failureRow';

/** Every failure. The comment of a row says when it happens; `npm run docs` copies it to docs/troubleshooting.md. */
const rows = {
  /** 400 `invalid_grant` in answer to a password */
  wrongPassword: row('entry', 'nothing', 'none'),
  /** 400 `invalid_grant` in answer to a one-time code */
  wrongCode: row('entry', 'nothing', 'none'),
  /** the one-time code was entered too late, after about ten minutes */
  codeExpired: row('entry', 'nothing', 'none'),
  /** 400 `invalid_grant` in answer to the code of a sign-in in the browser: it has expired, or was used already */
  signInCodeRejected: row('entry', 'nothing', 'none'),

  /** `invalid_grant` or `unauthorized`, and the description mentions a locked, disabled or expired account */
  accountLocked: row('account', 'session', 'none', 'provesClient'),
  /** `invalid_grant` or `unauthorized`, and the description mentions an expired password */
  passwordExpired: row('account', 'session', 'none', 'provesClient'),

  /** `invalid_client`, or `unauthorized` whose description names the client or nothing at all */
  clientRejected: row('client', 'client', 'updateClientSecret'),
  /** no secret is stored for the client of this account */
  clientUnknown: row('client', 'client', 'updateClientSecret'),
  /** `unauthorized_client` or `unsupported_grant_type` */
  grantNotAllowed: row('client', 'client', 'showLog'),

  /** 400 `invalid_grant`, or 401 `invalid_token` / "Invalid refresh token", in answer to a refresh */
  refreshTokenRejected: row('signInRequired', 'nothing', 'signIn'),
  /** the refresh token was rejected, or there is none and the access token has expired */
  signInAgain: row('signInRequired', 'nothing', 'signIn', 'provesClient'),
  /** a pasted token has expired, or was rejected by an environment and the identity server */
  pasteAgain: row('signInRequired', 'nothing', 'pasteToken', 'provesClient'),
  /** an environment and the identity server both reject the access token, and a refresh returns the same one */
  tokenRejected: row('signInRequired', 'nothing', 'renew', 'provesClient'),
  /** the token has expired, and every refresh of the last hour was answered with an error */
  refreshKeepsFailing: row('signInRequired', 'nothing', 'signIn'),
  /** a token is wanted for an environment, by the local proxy or by name, and no account that is signed in fits it */
  noAccountFits: row('signInRequired', 'nothing', 'signIn'),

  /** a terminal or a request file asks for a token, and no account is signed in */
  notSignedIn: row('signInRequired', 'nothing', 'signIn'),

  /** the session no longer exists */
  signedOut: row('session', 'nothing', 'signIn'),
  /** the local proxy got a request for an environment that several accounts fit, and none of them is the one in use */
  severalAccounts: row('session', 'nothing', 'none'),
  /** a token is wanted without the name of an account, several are signed in, and none is in use in the workspace */
  noAccountInUse: row('session', 'nothing', 'none'),
  /** a token is wanted of an account that is not signed in under this name */
  accountUnknown: row('session', 'nothing', 'none'),
  /** a token is wanted, several accounts fit the given names, and none of them is the one in use */
  accountAmbiguous: row('session', 'nothing', 'none'),
  /** a token is wanted of an account, and for an environment that trusts another identity server or client */
  accountElsewhere: row('session', 'nothing', 'none'),
  /** a token is wanted that is valid for longer than the one that can be had now */
  expiresTooSoon: row('session', 'nothing', 'none'),
  /** there is no refresh token, and the access token has not expired yet */
  noRefreshToken: row('session', 'nothing', 'renew'),
  /** a pasted token is never refreshed; it has not expired yet */
  neverRefreshed: row('session', 'nothing', 'pasteToken'),
  /** an environment rejects a pasted token, and no client is known with which the identity server could be asked about it */
  pastedNotChecked: row('session', 'nothing', 'pasteToken'),
  /** a manual refresh, or a report of a rejected token, less than ten seconds after the last one; nothing is sent */
  askedJustNow: row('session', 'nothing', 'none'),
  /** Copy as cURL, `reltio-token`: the token has characters that RFC 6750 does not allow and a shell may misread */
  tokenNotForShell: row('session', 'nothing', 'none'),
  /** another window has held the account's lock for a minute */
  lockBusy: row('session', 'session', 'diagnose'),

  /** 403: a missing right, or an IP address that is not on the allow-list */
  forbidden: row('refusal', 'server', 'showLog'),
  /**
   * 429, twice; or the server asked for a wait (`Retry-After` of a 429 or 503), and nothing is sent until it is over
   */
  rateLimited: row('refusal', 'server', 'none'),
  /**
   * 429, twice, in answer to a client that asks for its token, or a refusal whose description mentions a limit of tokens:
   * with Multi Token Support, a client has a quota of tokens that are valid at the same time
   */
  quotaUsedUp: row('refusal', 'client', 'none'),
  /** 500 to 599, or a refusal whose description mentions an internal error */
  serverError: row('refusal', 'server', 'showLog'),
  /** 401 from an environment: the token has expired, was revoked, or belongs to another identity server */
  tokenNotAccepted: row('refusal', 'nothing', 'none'),
  /** any other 4xx */
  requestRefused: row('refusal', 'session', 'showLog'),

  /** 200 with JSON that contains no usable token, or that reports an error */
  badAnswer: row('answer', 'session', 'showLog'),
  /** a refresh returned a token that has already expired */
  tokenUnchanged: row('answer', 'session', 'none', 'provesClient'),
  /** HTML, an empty or a broken body: often the sign-in page of a guest network */
  notReltio: row('answer', 'server', 'diagnose'),
  /** 300 to 399; redirects are never followed */
  redirected: row('answer', 'server', 'openSettings'),
  /** 404, 405 or 410 */
  noTokenEndpoint: row('answer', 'server', 'openSettings'),
  /** 404, HTML or another answer that no environment gives, from an address that should be one */
  notAnEnvironment: row('answer', 'nothing', 'openSettings'),
  /** an answer of more than 1 MB */
  tooLarge: row('answer', 'server', 'openSettings'),

  /** the name of the server is not found */
  dns: row('offline', 'server', 'diagnose'),
  /** the connection is refused, reset or cut */
  unreachable: row('offline', 'server', 'diagnose'),
  /** no answer within ten seconds; other extensions wait five */
  timeout: row('offline', 'server', 'diagnose'),
  /** the certificate cannot be trusted: private, expired or for another name */
  tls: row('offline', 'server', 'diagnose'),
  /** a proxy answers 407, refuses to connect, or is not there */
  proxy: row('offline', 'server', 'diagnose'),

  /** plain `http` on this machine, and the server that answers is not the one that the user signed in at */
  otherServer: row('setup', 'server', 'signIn'),
  /** `reltioAuth.network.proxy`, `http.proxy` or `HTTPS_PROXY` is not a valid proxy address, or is ambiguous */
  proxySetting: row('setup', 'server', 'openSettings'),
  /** `reltioAuth.network.caFile` cannot be read or contains no certificate */
  caFile: row('setup', 'server', 'openSettings'),
  /** a file in `reltioAuth.network.clientCertificate` cannot be read, or is not a certificate or key */
  clientCertificate: row('setup', 'server', 'openSettings'),
  /** the key of the client certificate needs a passphrase, and none is stored or the stored one is wrong */
  passphrase: row('setup', 'server', 'enterPassphrase'),
  /** a command needs an environment, and `reltioAuth.environments` has none for the account in use */
  noEnvironment: row('setup', 'nothing', 'addEnvironment'),
  /** a token is wanted for an environment that `reltioAuth.environments` does not name */
  environmentUnknown: row('setup', 'nothing', 'addEnvironment'),
  /** VS Code does not write the settings, usually because `settings.json` is open with changes or is not valid */
  settingsNotWritten: row('setup', 'nothing', 'openSettings'),
  /** a file cannot be written where the user wants it */
  fileNotSaved: row('setup', 'nothing', 'none'),
  /** the port of `reltioAuth.browserSignIn.redirectUri` is in use, or this machine does not allow us to listen on it */
  portBusy: row('setup', 'nothing', 'none'),
  /** the port of the local proxy is in use by another program, or this machine does not allow us to listen on it */
  localProxyPortTaken: row('setup', 'nothing', 'openSettings'),
  /** a VS Code window that does not respond holds the port of the local proxy */
  localProxyStuck: row('setup', 'nothing', 'none'),
  /** the local proxy was to start in a window whose workspace is not trusted */
  workspaceNotTrusted: row('setup', 'nothing', 'trustWorkspace'),
  /** a terminal or a request file asks for a token in a workspace that is not trusted */
  tokensNeedTrust: row('setup', 'nothing', 'trustWorkspace'),
  /** a file of the extension is missing: VS Code has deleted those of an old version, which this window still uses */
  windowOutdated: row('setup', 'nothing', 'reloadWindow'),
  /** the host is not under one of `reltioAuth.trustedHosts` */
  untrustedHost: row('setup', 'server', 'openSettings'),

  /** the secret storage of VS Code cannot be opened */
  sessionsUnreadable: row('storage', 'session', 'showLog'),
  /** the stored sessions are damaged */
  storeDamaged: row('storage', 'nothing', 'signIn'),
  /** the stored sessions have a version that this extension does not know */
  storeNewer: row('storage', 'session', 'none'),
  /** the secret storage cannot be written */
  storeNotWritten: row('storage', 'nothing', 'showLog'),
  /** the journal, in which a closing window leaves the newest refresh token, cannot be read */
  journalUnreadable: row('storage', 'session', 'showLog'),

  /** a command that gives something away ran in a window without focus, so the user probably did not run it */
  windowNotFocused: row('stopped', 'nothing', 'none'),
  /** no extension that VS Code shows in this window has Reltio IDE's command for a token */
  reltioIdeMissing: row('stopped', 'nothing', 'none'),
  /** Reltio IDE reported an error, instead of asking for the token */
  reltioIdeFailed: row('stopped', 'nothing', 'none'),
  /** the user does not allow terminals or request files to get tokens, or has not answered the question in time */
  tokenAccessDenied: row('stopped', 'nothing', 'none'),
  /** the user left a box, or it closed after its time limit */
  cancelled: row('stopped', 'nothing', 'none'),
  /** the local proxy was stopped, maybe in another window, while a command used it */
  localProxyStopped: row('stopped', 'nothing', 'none'),
  /** the browser did not come back within five minutes */
  callbackTimeout: row('stopped', 'nothing', 'signIn'),
};

export type FailureCode = keyof typeof rows;

export const failureTable: Readonly<Record<FailureCode, FailureRow>> = rows;

/** The codes of a group. */
export type FailureCodeOf<Group extends FailureGroup> = {
  [Code in FailureCode]: (typeof rows)[Code]['group'] extends Group ? Code : never;
}[FailureCode];
