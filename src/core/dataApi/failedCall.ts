import type { ErrorAnswer } from './errorAnswer';

/** What is known of a call of Reltio's API that failed. */
export interface FailedCall {
  /** The HTTP status; undefined if there was no answer, or nothing is known of it. */
  readonly status: number | undefined;
  /** Why there was no answer, if that is known. */
  readonly noAnswer: 'hostNotFound' | 'certificate' | 'other' | undefined;
  readonly answer: ErrorAnswer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly address: CalledAddress | undefined;
}

/** Where the request went. */
interface CalledAddress {
  readonly url: URL;
  /** Whether a token may go there. */
  readonly isTrusted: boolean;
  /** Whether it is this computer, which may forward requests to an environment. */
  readonly isLocal: boolean;
}

/** The part of an environment of the settings that counts. */
export interface KnownEnvironment {
  readonly name: string;
  /** Origin. */
  readonly url: string;
  /** Origin. */
  readonly identityServer: string;
  readonly tenant: string | undefined;
}

/** What the settings and the accounts say about it. */
export interface Surroundings {
  readonly environments: readonly KnownEnvironment[];
  /** The environment that was named. */
  readonly named: KnownEnvironment | undefined;
  /** Origin of the identity server of the account whose token was sent, if the account is known. */
  readonly issuer: string | undefined;
  /** Origins of the identity servers at which accounts are signed in. */
  readonly issuers: readonly string[];
}

/** Why a call failed, for other extensions. Names are only added. */
export type FailureKind =
  /** 401: the token has expired, was revoked or is not valid for another reason. */
  | 'tokenExpiredOrRejected'
  /** 401: the request had no token, or not in the form `Bearer <token>`. */
  | 'noToken'
  /** 401: the token is of another identity server than the one that the environment trusts. */
  | 'wrongIdentityServer'
  /** The request went to a host that is not the environment's, or that does not exist. */
  | 'wrongHost'
  /** The id of the tenant is wrong, or the account has no access to this tenant. */
  | 'tenant'
  /** 403: the account lacks a role or a scope. */
  | 'missingRole'
  /** 403: requests from this network are not allowed. */
  | 'ipAllowList'
  /** The account is locked, disabled or expired, or its password has to be changed. */
  | 'accountLocked'
  /** 429. */
  | 'rateLimited'
  /** Reltio, or something on the way to it, is down or overloaded. */
  | 'outage'
  /** There was no answer: the network of this computer, a VPN, a proxy or a certificate. */
  | 'unreachable'
  /** There is nothing at this address: the path or what it names is wrong. */
  | 'notFound'
  /** Reltio does not accept the request itself, whoever sends it. */
  | 'badRequest'
  /** Something else answered: the page of a guest network, of a proxy or of another server. */
  | 'notReltio'
  | 'unknown';

/** The cause behind each kind, as precisely as the sentences need it. */
export const kindOf = {
  /** The answer says that the token is not valid. */
  tokenInvalid: 'tokenExpiredOrRejected',
  /** 401 without a reason. */
  tokenRefused: 'tokenExpiredOrRejected',
  noToken: 'noToken',
  /** The MCP server says so also of a token that it does not accept (docs/reltio.md, R35). */
  noTokenForMcp: 'noToken',
  /** The account that sent the token is of another identity server. */
  otherIssuer: 'wrongIdentityServer',
  /** No account is signed in at the identity server that the environment trusts. */
  noAccountThere: 'wrongIdentityServer',
  /** Not the host of the environment that was named. */
  otherHost: 'wrongHost',
  /** A path of an environment, at the identity server. */
  identityServer: 'wrongHost',
  /** Neither an environment of the settings nor a trusted host. */
  strangeHost: 'wrongHost',
  hostNotFound: 'wrongHost',
  /** The id of the tenant stands where the name of the environment belongs. */
  tenantAsHost: 'wrongHost',
  /** The name of the environment stands where the id of the tenant belongs. */
  hostAsTenant: 'tenant',
  tenantUnknown: 'tenant',
  /** Denied, and not the tenant that the settings have for this environment. */
  otherTenant: 'tenant',
  roleMissing: 'missingRole',
  scopeMissing: 'missingRole',
  /** The list of all tenants, which Reltio shows to its own staff only. */
  staffOnly: 'missingRole',
  networkDenied: 'ipAllowList',
  /** Denied without a reason, or by a page of a gateway. */
  deniedSilently: 'ipAllowList',
  accountLocked: 'accountLocked',
  passwordExpired: 'accountLocked',
  rateLimited: 'rateLimited',
  serverDown: 'outage',
  /** 500, or the answer mentions an internal error. */
  serverError: 'outage',
  noConnection: 'unreachable',
  certificate: 'unreachable',
  objectMissing: 'notFound',
  pathMissing: 'notFound',
  requestRefused: 'badRequest',
  wrongMethod: 'badRequest',
  tooMuch: 'badRequest',
  foreignPage: 'notReltio',
  redirected: 'notReltio',
  /** 407 or 511, which no server at the end of the way sends. */
  networkSignIn: 'notReltio',
  /** The answer of our own local proxy says what to do. */
  localProxy: 'notReltio',
  notFailed: 'unknown',
  unknown: 'unknown',
} as const satisfies Readonly<Record<string, FailureKind>>;

export type FailureCause = keyof typeof kindOf;
