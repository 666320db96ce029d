import { isObject, type Json } from '../base/json';

/** What the identity server says of a valid access token. Everything may be missing: the answer differs between servers. */
export interface TokenInfo {
  /** `user.username`. A token of a client has a made-up one, which contains the client id. */
  readonly user: string | undefined;
  readonly email: string | undefined;
  readonly customer: string | undefined;
  readonly clientId: string | undefined;
  /** When the token expires by the clock of this machine, milliseconds since 1970. */
  readonly expiresAt: number | undefined;
  readonly scopes: readonly string[];
  /** The ids of the tenants that the user may use. */
  readonly tenants: readonly string[];
  /** The ids of the tenants in which the user has a role, by role; empty for a role without a tenant. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/** A smaller number counts seconds: as milliseconds it would be a date before 1973. */
const firstMilliseconds = 100_000_000_000;
/** A longer text is none of these, and the user name would be stored with the session (characters). */
const maxLength = 1_000;
/** The year 9999. A later time cannot be shown (milliseconds since 1970). */
const latest = Date.UTC(9999, 0);

/** Two clocks that differ by less than this agree: a `Date` header has no milliseconds (milliseconds). */
const clockTolerance = 5_000;

/**
 * Reads the answer of `/oauth/checkToken`. Reltio's page does not say in which unit `expiration` is. It is a time by the
 * server's clock, so it is moved by the difference between that and the clock of this machine.
 *
 * @param startedAt when the request was sent, milliseconds since 1970
 * @param date the `Date` header of the answer; without it, the two clocks are taken to agree
 */
export function tokenInfo(json: Json, startedAt: number, date = ''): TokenInfo {
  const user = isObject(json['user']) ? json['user'] : {};
  const permissions = isObject(user['userPermissions']) ? user['userPermissions'] : {};
  const byRole = isObject(permissions['roles']) ? permissions['roles'] : {};
  const names = [...texts(user['roles']), ...texts(json['roles']), ...Object.keys(byRole)];
  return {
    user: text(user['username']),
    email: text(user['email']),
    customer: text(user['customer']),
    clientId: text(json['clientId']),
    expiresAt: onThisMachine(time(json['expiration']), startedAt, date),
    scopes: texts(json['scopes']),
    tenants: texts(user['tenants']),
    roles: new Map(names.map((name) => [name, texts(Object.hasOwn(byRole, name) ? byRole[name] : [])])),
  };
}

function onThisMachine(time: number | undefined, startedAt: number, date: string): number | undefined {
  const difference = startedAt - Date.parse(date);
  const isSameClock = Number.isNaN(difference) || Math.abs(difference) < clockTolerance;
  return time === undefined || isSameClock ? time : Math.min(time + difference, latest);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' && value.length <= maxLength ? value.trim() : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? [...new Set(value.map(text).filter((one) => one !== undefined))] : [];
}

function time(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) {
    return undefined;
  }
  const milliseconds = number < firstMilliseconds ? number * 1_000 : number;
  return milliseconds <= latest ? milliseconds : undefined;
}
