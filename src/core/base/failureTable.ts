/** What kind of failure it is. */
export type FailureGroup =
  /** The identity server does not accept what the user entered. */
  | 'entry'
  /** The identity server accepts the client, and refuses the user's account. */
  | 'account'
  /** The identity server does not accept the client, or we have no secret for it. */
  | 'client'
  /** Only a new sign-in brings a token. */
  | 'over'
  /** Something about this session, found without the identity server. */
  | 'session'
  /** The identity server answered that it will not or cannot. */
  | 'refusal'
  /** Something answered, but not with what an identity server should return. */
  | 'answer'
  /** No answer. */
  | 'offline'
  /** Nothing was sent, because a setting or a file on this machine does not allow it. */
  | 'setup'
  /** Our own storage. */
  | 'storage'
  /** The user, or what looks like one, stopped it. */
  | 'stopped';

/** The one action that helps the user, offered as a button. */
export type Remedy =
  'signIn' | 'renew' | 'updateClientSecret' | 'openSettings' | 'showLog' | 'diagnose' | 'enterPassphrase';

export interface FailureRow {
  readonly group: FailureGroup;
  /** Which refreshes wait before they ask again: all at the server, all of the client, this session's, or none. */
  readonly blocks: 'server' | 'client' | 'session' | 'nothing';
  /** `none`: someone else has to act, or the box that shows the failure stays open. */
  readonly remedy: Remedy | 'none';
  /** By then the identity server has accepted the client and its secret. */
  readonly provesClient?: true;
}

/** Every failure. The comment of a row says when it happens; `npm run docs` copies it to docs/troubleshooting.md. */
const rows = {
  /** 400 `invalid_grant` to a password */
  wrongPassword: { group: 'entry', blocks: 'nothing', remedy: 'none' },
  /** 400 `invalid_grant` to a one-time code */
  wrongCode: { group: 'entry', blocks: 'nothing', remedy: 'none' },
  /** the one-time code was entered too late, after about ten minutes */
  codeExpired: { group: 'entry', blocks: 'nothing', remedy: 'none' },

  /** `invalid_grant` or `unauthorized`, and the description mentions a locked, disabled or expired account */
  accountLocked: { group: 'account', blocks: 'session', remedy: 'none', provesClient: true },
  /** `invalid_grant` or `unauthorized`, and the description mentions an expired password */
  passwordExpired: { group: 'account', blocks: 'session', remedy: 'none', provesClient: true },

  /** `invalid_client`, or `unauthorized` whose description names the client or nothing at all */
  clientRejected: { group: 'client', blocks: 'client', remedy: 'updateClientSecret' },
  /** no secret is stored for the client of this account */
  clientUnknown: { group: 'client', blocks: 'client', remedy: 'updateClientSecret' },
  /** `unauthorized_client` or `unsupported_grant_type` */
  grantNotAllowed: { group: 'client', blocks: 'client', remedy: 'showLog' },

  /** 400 `invalid_grant`, or 401 `invalid_token` / "Invalid refresh token", to a refresh */
  refreshTokenRejected: { group: 'over', blocks: 'nothing', remedy: 'signIn' },
  /** the refresh token was rejected, or there is none and the access token has expired */
  signInAgain: { group: 'over', blocks: 'nothing', remedy: 'signIn', provesClient: true },
  /** an environment and the identity server both reject the access token, and a refresh returns the same one */
  tokenRejected: { group: 'over', blocks: 'nothing', remedy: 'renew', provesClient: true },
  /** the token has expired, and every refresh of the last hour was answered with an error */
  refreshKeepsFailing: { group: 'over', blocks: 'nothing', remedy: 'signIn' },

  /** there is no such session any more */
  signedOut: { group: 'session', blocks: 'nothing', remedy: 'signIn' },
  /** there is no refresh token, and the access token has not expired yet */
  noRefreshToken: { group: 'session', blocks: 'nothing', remedy: 'renew' },
  /** a manual refresh, or a report of a rejected token, within ten seconds of the last one; nothing is sent */
  askedJustNow: { group: 'session', blocks: 'nothing', remedy: 'none' },
  /** another window has held the lock of the account for a minute */
  lockBusy: { group: 'session', blocks: 'session', remedy: 'diagnose' },

  /** 403: a missing right, or an IP address that is not on the allow-list */
  forbidden: { group: 'refusal', blocks: 'server', remedy: 'showLog' },
  /** 429, twice; or the server has asked to wait (`Retry-After` of a 429 or 503): then nothing is sent */
  rateLimited: { group: 'refusal', blocks: 'server', remedy: 'none' },
  /** 500 to 599, or a refusal whose description mentions an internal error */
  serverError: { group: 'refusal', blocks: 'server', remedy: 'showLog' },
  /** any other 4xx */
  requestRefused: { group: 'refusal', blocks: 'session', remedy: 'showLog' },

  /** 200 with JSON that holds no usable token, or that reports an error */
  badAnswer: { group: 'answer', blocks: 'session', remedy: 'showLog' },
  /** a refresh returned a token that has already expired */
  tokenUnchanged: { group: 'answer', blocks: 'session', remedy: 'none', provesClient: true },
  /** HTML, an empty or a broken body: often the sign-in page of a guest network */
  notReltio: { group: 'answer', blocks: 'server', remedy: 'diagnose' },
  /** 300 to 399; redirects are never followed */
  redirected: { group: 'answer', blocks: 'server', remedy: 'openSettings' },
  /** 404, 405 or 410 */
  noTokenEndpoint: { group: 'answer', blocks: 'server', remedy: 'openSettings' },
  /** an answer of more than 1 MB */
  tooLarge: { group: 'answer', blocks: 'server', remedy: 'openSettings' },

  /** the name of the server is not found */
  dns: { group: 'offline', blocks: 'server', remedy: 'diagnose' },
  /** the connection is refused, reset or cut */
  unreachable: { group: 'offline', blocks: 'server', remedy: 'diagnose' },
  /** no answer within ten seconds; other extensions wait five */
  timeout: { group: 'offline', blocks: 'server', remedy: 'diagnose' },
  /** the certificate cannot be trusted: private, expired or for another name */
  tls: { group: 'offline', blocks: 'server', remedy: 'diagnose' },
  /** a proxy answers 407, refuses to connect, or is not there */
  proxy: { group: 'offline', blocks: 'server', remedy: 'diagnose' },

  /** plain `http` on this machine, and the server that answers is not the one of the sign-in */
  otherServer: { group: 'setup', blocks: 'server', remedy: 'signIn' },
  /** `reltioAuth.network.proxy`, `http.proxy` or `HTTPS_PROXY` is no address of a proxy, or can be misread */
  proxySetting: { group: 'setup', blocks: 'server', remedy: 'openSettings' },
  /** `reltioAuth.network.caFile` cannot be read or holds no certificate */
  caFile: { group: 'setup', blocks: 'server', remedy: 'openSettings' },
  /** a file of `reltioAuth.network.clientCertificate` cannot be read or is no key */
  clientCertificate: { group: 'setup', blocks: 'server', remedy: 'openSettings' },
  /** the key of the client certificate has a passphrase that is not stored, or is not the stored one */
  passphrase: { group: 'setup', blocks: 'server', remedy: 'enterPassphrase' },
  /** the host is not under one of `reltioAuth.trustedHosts` */
  untrustedHost: { group: 'setup', blocks: 'server', remedy: 'openSettings' },

  /** the secret storage of VS Code cannot be opened */
  sessionsUnreadable: { group: 'storage', blocks: 'session', remedy: 'showLog' },
  /** the stored sessions are damaged */
  storeDamaged: { group: 'storage', blocks: 'nothing', remedy: 'signIn' },
  /** the stored sessions have a version that this extension does not know */
  storeNewer: { group: 'storage', blocks: 'session', remedy: 'none' },
  /** the secret storage cannot be written */
  storeNotWritten: { group: 'storage', blocks: 'nothing', remedy: 'showLog' },
  /** the journal, in which a closing window leaves the newest refresh token, cannot be read */
  journalUnreadable: { group: 'storage', blocks: 'session', remedy: 'showLog' },

  /** a command that copies a token ran in a window without focus, so the user probably did not run it */
  windowNotFocused: { group: 'stopped', blocks: 'nothing', remedy: 'none' },
  /** the user left a box, or it closed after its time limit */
  cancelled: { group: 'stopped', blocks: 'nothing', remedy: 'none' },
} as const satisfies Readonly<Record<string, FailureRow>>;

export type FailureCode = keyof typeof rows;

export const failureTable: Readonly<Record<FailureCode, FailureRow>> = rows;

/** The codes of a group. */
export type FailureCodeOf<Group extends FailureGroup> = {
  [Code in FailureCode]: (typeof rows)[Code]['group'] extends Group ? Code : never;
}[FailureCode];
