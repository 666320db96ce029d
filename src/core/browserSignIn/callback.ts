import { createHash, timingSafeEqual } from 'node:crypto';
import { AuthorizationResponseError, skipStateCheck, validateAuthResponse } from 'oauth4webapi';
import type { AuthorizationRequest } from './authorizationRequest';

/** What came back from the browser. */
export type Callback =
  | { readonly kind: 'code'; readonly code: string }
  /** The sign-in page refused. Both texts come from outside: show them with `displayText` only. */
  | { readonly kind: 'refused'; readonly error: string; readonly description: string | undefined }
  /** It belongs to another sign-in, or was made up. */
  | { readonly kind: 'foreign' }
  /** It has neither a code nor an error that can be read. */
  | { readonly kind: 'unusable' };

/** A code is opaque, but Reltio's are short. A longer one is no code (characters). */
const maxCodeLength = 4_096;

/** Whether a request to the listener is the callback of this sign-in. Any page or program can send the others. */
export function isCallbackOf(request: AuthorizationRequest, parameters: URLSearchParams): boolean {
  const [state, ...others] = parameters.getAll('state');
  return (
    state !== undefined &&
    others.length === 0 &&
    isSameSecret(state, request.state) &&
    (parameters.has('code') || parameters.has('error'))
  );
}

/** Reads a callback that the listener received. */
export function readCallback(request: AuthorizationRequest, parameters: URLSearchParams): Callback {
  return read(request, parameters, request.state);
}

/**
 * Reads a callback that the user pasted. Its `state` is checked if it has one: a bare code has none, and then the user is
 * the only one who can know where it comes from.
 */
export function readPastedCallback(request: AuthorizationRequest, parameters: URLSearchParams): Callback {
  return read(request, parameters, parameters.has('state') ? request.state : skipStateCheck);
}

function read(
  { issuer: { issuer, namesItself }, state }: AuthorizationRequest,
  parameters: URLSearchParams,
  expected: string | typeof skipStateCheck,
): Callback {
  const isOurs = expected === skipStateCheck || isSameSecret(parameters.get('state') ?? '', state);
  if (!isOurs) {
    return { kind: 'foreign' };
  }
  const mustNameIssuer = namesItself && expected !== skipStateCheck;
  const server = { issuer, authorization_response_iss_parameter_supported: mustNameIssuer };
  try {
    const named = withIssuer(parameters, issuer);
    const [code = '', ...others] = validateAuthResponse(server, { client_id: '-' }, named, expected).getAll('code');
    const isReadable = /^[\x20-\x7E]+$/.test(code) && code.trim() !== '' && code.length <= maxCodeLength;
    const isUsable = isReadable && others.length === 0;
    return isUsable ? { kind: 'code', code } : { kind: 'unusable' };
  } catch (error) {
    if (error instanceof AuthorizationResponseError) {
      return { kind: 'refused', error: error.error, description: error.error_description };
    }
    const namesAnother = parameters.has('iss') && !isSameIssuer(parameters.get('iss') ?? '', issuer);
    return { kind: namesAnother ? 'foreign' : 'unusable' };
  }
}

/** The same parameters, with the issuer as its metadata spells it: some servers add a slash in one of the two places. */
function withIssuer(parameters: URLSearchParams, issuer: string): URLSearchParams {
  const [named, ...others] = parameters.getAll('iss');
  if (named === undefined || others.length > 0 || !isSameIssuer(named, issuer)) {
    return parameters;
  }
  const spelled = new URLSearchParams(parameters);
  spelled.set('iss', issuer);
  return spelled;
}

function isSameIssuer(one: string, other: string): boolean {
  const [bare, otherBare] = [one, other].map((issuer) => issuer.replace(/\/$/, ''));
  return bare === otherBare;
}

/** Takes the same time wherever the two differ, so that no secret can be guessed piece by piece. */
function isSameSecret(one: string, other: string): boolean {
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
