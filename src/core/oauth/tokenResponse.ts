import { isObject, type Json } from '../base/json';

/** The tokens that the identity server granted. */
export interface GrantedToken {
  readonly kind: 'granted';
  readonly accessToken: string;
  /** Missing when the server sent none: the previous one stays valid (RFC 6749 section 6). */
  readonly refreshToken: string | undefined;
  /** Time left when the server answered, in seconds, 0 or more. Reltio sends the remaining time, not always 3600. */
  readonly expiresIn: number;
  /** Whether `expiresIn` is our estimate, because the server sent no readable value. */
  readonly expiryIsEstimate: boolean;
  /** Undefined when the server did not say which scopes it granted. */
  readonly scopes: readonly string[] | undefined;
}

/** The password was right and the account has multi-factor authentication. */
export interface OneTimeCodeNeeded {
  readonly kind: 'oneTimeCodeNeeded';
  readonly stateToken: string;
  /** How long a code is accepted, in seconds. */
  readonly expiresIn: number;
  /** `EMAIL` is the default for users who have not enrolled an authenticator; other values are possible. */
  readonly deliveredBy: 'authenticator' | 'email' | 'other';
}

/** If the server sends no `expires_in` (seconds). */
const assumedTokenExpiry = 3600;
const assumedStateExpiry = 600;
/** Reltio's tokens may be several KB; a longer text is not a token, and would fill the secret storage (characters). */
const maxTokenLength = 65_536;
/** A larger number makes no sense and would overflow a date (seconds). */
const maxExpiry = 10 * 365 * 24 * 3600;

/**
 * Parses the JSON of a successful token call. Reltio's pages and its samples disagree on the types (`expires_in` as
 * string or number, `scope` as array or as text with leading spaces), so both are accepted. Undefined if it contains
 * neither a usable token nor a state token.
 */
export function parseTokenResponse(json: Json): GrantedToken | OneTimeCodeNeeded | undefined {
  const accessToken = headerText(json['access_token']);
  if (accessToken !== undefined) {
    return isBearer(json['token_type']) ? grantedToken(json, accessToken) : undefined;
  }
  return (json['access_token'] ?? '') === '' ? oneTimeCodeNeeded(json) : undefined;
}

function grantedToken(json: Json, accessToken: string): GrantedToken {
  const expiresIn = seconds(json['expires_in']);
  return {
    kind: 'granted',
    accessToken,
    refreshToken: formText(json['refresh_token']),
    expiresIn: expiresIn ?? assumedTokenExpiry,
    expiryIsEstimate: expiresIn === undefined,
    scopes: scopeList(json['scope']),
  };
}

function oneTimeCodeNeeded(json: Json): OneTimeCodeNeeded | undefined {
  const state = json['state_token'];
  const fields = isObject(state) ? state : { token: state };
  const stateToken = formText(fields['token']);
  if (stateToken === undefined) {
    return undefined;
  }
  return {
    kind: 'oneTimeCodeNeeded',
    stateToken,
    expiresIn: seconds(fields['expires_in']) ?? seconds(json['expires_in']) ?? assumedStateExpiry,
    deliveredBy: deliveredBy(fields['mfaType']),
  };
}

/** An access token is opaque and may be several KB; spaces or control characters would break a header. */
function headerText(value: unknown): string | undefined {
  return isShort(value) && /^[\x21-\x7E]+$/.test(value) ? value : undefined;
}

/** A token for form bodies may contain spaces (RFC 6749 appendix A, VSCHAR) and is sent back unchanged. */
function formText(value: unknown): string | undefined {
  return isShort(value) && /^[\x20-\x7E]+$/.test(value) && value.trim() !== '' ? value : undefined;
}

function isShort(value: unknown): value is string {
  return typeof value === 'string' && value.length <= maxTokenLength;
}

function isBearer(type: unknown): boolean {
  return type === undefined || type === null || (typeof type === 'string' && type.trim().toLowerCase() === 'bearer');
}

function seconds(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) {
    return undefined;
  }
  return Math.min(Math.max(number, 0), maxExpiry);
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
