/** Why a call of Reltio's API failed, for other extensions: names are only added. */
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
