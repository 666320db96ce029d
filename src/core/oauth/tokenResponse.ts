import { isObject } from '../base/json';

/** A token, as the identity server granted it. */
export interface GrantedToken {
  readonly kind: 'granted';
  readonly accessToken: string;
  /** Missing when the server sent none: the one held before stays good (RFC 6749 section 6). */
  readonly refreshToken: string | undefined;
  /** Seconds left at the moment of the answer, 0 or more. Reltio sends what remains, not always 3600. */
  readonly expiresIn: number;
  /** Whether `expiresIn` is our assumption because the server said nothing readable. */
  readonly expiryIsEstimate: boolean;
  /** Undefined when the server did not say what it granted. */
  readonly scopes: readonly string[] | undefined;
}

/** The password was right and the account has multi-factor authentication. */
export interface OneTimeCodeNeeded {
  readonly kind: 'oneTimeCodeNeeded';
  readonly stateToken: string;
  /** Seconds in which a code is taken. */
  readonly expiresIn: number;
  /** `EMAIL` is the default for people who have not enrolled an authenticator; other values may come. */
  readonly deliveredBy: 'authenticator' | 'email' | 'other';
}

const assumedTokenLife = 3600;
const assumedStateLife = 600;
/** Reltio's tokens may be several KB; what is longer than this is none, and would fill the secret storage (characters). */
const longestToken = 65_536;
/** Past this a number is nonsense and would overflow a date. */
const longestLife = 10 * 365 * 24 * 3600;

/**
 * Reads the JSON of a successful token call. Reltio's pages and its samples disagree on the types (`expires_in` as
 * string or number, `scope` as array or text with leading blanks), so both are read. Undefined where it holds neither a
 * usable token nor a state token.
 */
export function parseTokenResponse(
  json: Readonly<Record<string, unknown>>,
): GrantedToken | OneTimeCodeNeeded | undefined {
  const accessToken = headerText(json['access_token']);
  if (accessToken !== undefined) {
    return isBearer(json['token_type']) ? grantedToken(json, accessToken) : undefined;
  }
  return (json['access_token'] ?? '') === '' ? oneTimeCodeNeeded(json) : undefined;
}

function grantedToken(json: Readonly<Record<string, unknown>>, accessToken: string): GrantedToken {
  const expiresIn = seconds(json['expires_in']);
  return {
    kind: 'granted',
    accessToken,
    refreshToken: formText(json['refresh_token']),
    expiresIn: expiresIn ?? assumedTokenLife,
    expiryIsEstimate: expiresIn === undefined,
    scopes: scopeList(json['scope']),
  };
}

function oneTimeCodeNeeded(json: Readonly<Record<string, unknown>>): OneTimeCodeNeeded | undefined {
  const state = json['state_token'];
  const fields = isObject(state) ? state : { token: state };
  const stateToken = formText(fields['token']);
  if (stateToken === undefined) {
    return undefined;
  }
  return {
    kind: 'oneTimeCodeNeeded',
    stateToken,
    expiresIn: seconds(fields['expires_in']) ?? seconds(json['expires_in']) ?? assumedStateLife,
    deliveredBy: deliveredBy(fields['mfaType']),
  };
}

/** An access token is opaque and may be several KB; blanks or control characters would break out of a header. */
function headerText(value: unknown): string | undefined {
  return isShort(value) && /^[\x21-\x7E]+$/.test(value) ? value : undefined;
}

/** What travels in form bodies only may hold blanks (RFC 6749 appendix A, VSCHAR) and goes back as it came. */
function formText(value: unknown): string | undefined {
  return isShort(value) && /^[\x20-\x7E]+$/.test(value) && value.trim() !== '' ? value : undefined;
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longestToken;
}

function isBearer(type: unknown): boolean {
  return type === undefined || type === null || (typeof type === 'string' && type.trim().toLowerCase() === 'bearer');
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    return undefined;
  }
  return Math.min(Math.max(number, 0), longestLife);
}

function scopeList(value: unknown): readonly string[] | undefined {
  const parts = Array.isArray(value) ? value.filter((part) => typeof part === 'string') : value;
  const text = Array.isArray(parts) ? parts.join(' ') : parts;
  if (typeof text !== 'string') {
    return undefined;
  }
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== '');
  return scopes.length === 0 ? undefined : [...new Set(scopes)];
}

function deliveredBy(type: unknown): OneTimeCodeNeeded['deliveredBy'] {
  switch (typeof type === 'string' ? type.toUpperCase() : undefined) {
    case 'AUTHENTICATOR':
      return 'authenticator';
    case 'EMAIL':
      return 'email';
    default:
      return 'other';
  }
}
