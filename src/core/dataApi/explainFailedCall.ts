import type { Json } from '../base/json';
import { blamedBy, errorName, errorText, rejectsToken } from '../oauth/errorFields';
import { retryAfterMs } from '../oauth/retryAfter';
import { kindOf, type FailedCall, type FailureCause, type FailureKind, type Surroundings } from './failedCall';
import { environmentMeant, hostFault, tenantFault } from './wrongAddress';

export interface FailedCallExplanation {
  readonly cause: FailureCause;
  readonly kind: FailureKind;
  /** How long the server asks to wait (milliseconds). */
  readonly retryAfterMs?: number;
}

/** Explains why a call failed. Pure. What the answer says counts before what the settings suggest. */
export function explainFailedCall(call: FailedCall, surroundings: Surroundings): FailedCallExplanation {
  const cause = causeOf(call, surroundings);
  const kind = kindOf[cause];
  const wait = kind === 'rateLimited' || kind === 'outage' ? retryAfterMs(call.headers) : undefined;
  return { cause, kind, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
}

function causeOf(call: FailedCall, surroundings: Surroundings): FailureCause {
  const { status, answer, headers } = call;
  if (headers['x-reltio-local-proxy'] !== undefined && call.address?.isLocal !== false) {
    return 'localProxy';
  }
  if (status === undefined) {
    return withoutAnswer(call, surroundings);
  }
  if (status < 300) {
    return answer.form === 'page' || isPage(headers) ? 'foreignPage' : 'notFailed';
  }
  if (status < 400) {
    return status === 304 ? 'notFailed' : 'redirected';
  }
  return status < 500 ? refused(status, call, surroundings) : failedServer(status, answer.fields);
}

function withoutAnswer(call: FailedCall, surroundings: Surroundings): FailureCause {
  switch (call.noAnswer) {
    case 'hostNotFound':
      return hostFault(call, surroundings) === 'tenantAsHost' ? 'tenantAsHost' : 'hostNotFound';
    case 'certificate':
      return 'certificate';
    case 'other':
      return 'noConnection';
    case undefined:
      return 'unknown';
  }
}

function refused(status: number, call: FailedCall, surroundings: Surroundings): FailureCause {
  const { fields } = call.answer;
  switch (status) {
    case 400:
      return rejectsToken(fields) ? 'tokenInvalid' : (tenantFault(call, surroundings, 'said') ?? 'requestRefused');
    case 401:
      return unauthorized(call, surroundings);
    case 403:
      return forbidden(call, surroundings);
    case 404:
    case 410:
      return absent(call, surroundings);
    case 405:
      return hostFault(call, surroundings) ?? 'wrongMethod';
    case 407:
      return 'networkSignIn';
    case 408:
      return 'serverDown';
    case 413:
      return 'tooMuch';
    case 429:
      return 'rateLimited';
    default:
      return 'requestRefused';
  }
}

/** docs/reltio.md, R10 and R35. */
function unauthorized(call: FailedCall, surroundings: Surroundings): FailureCause {
  const { answer, headers } = call;
  const challenge = headers['www-authenticate'] ?? '';
  if (answer.form !== 'json') {
    if (/^\s*bearer\b/i.test(challenge)) {
      return /\berror\s*=\s*"?invalid_token\b/i.test(challenge)
        ? rejected('tokenInvalid', call, surroundings)
        : (hostFault(call, surroundings) ?? 'noToken');
    }
    const fault = hostFault(call, surroundings);
    return fault ?? (isForeign(call) ? 'foreignPage' : rejected('tokenRefused', call, surroundings));
  }
  const { fields } = answer;
  const ofTheAccount = ofAccount(fields);
  if (ofTheAccount !== undefined) {
    return ofTheAccount;
  }
  if (rejectsToken(fields)) {
    return rejected('tokenInvalid', call, surroundings);
  }
  if (typeof fields['error_code'] === 'string') {
    return 'noTokenForMcp';
  }
  switch (blamedBy(fields)) {
    case 'server':
      return 'serverError';
    case 'client':
      return hostFault(call, surroundings) ?? 'noToken';
    default:
      return rejected('tokenRefused', call, surroundings);
  }
}

/** Other things than accounts are disabled too, so the text must name one. */
function ofAccount(fields: Json): FailureCause | undefined {
  const party = blamedBy(fields);
  if (party === 'account') {
    return /\b(users?|accounts?)\b/i.test(errorText(fields)) ? 'accountLocked' : undefined;
  }
  return party === 'passwordExpired' ? 'passwordExpired' : undefined;
}

/** A token is rejected at the wrong host, and by an environment that trusts another identity server, although it is valid. */
function rejected(cause: FailureCause, call: FailedCall, surroundings: Surroundings): FailureCause {
  const environment = environmentMeant(call, surroundings);
  const { issuer, issuers } = surroundings;
  const fault = hostFault(call, surroundings);
  if (fault !== undefined || environment === undefined) {
    return fault ?? cause;
  }
  if (issuer !== undefined) {
    return issuer === environment.identityServer ? cause : 'otherIssuer';
  }
  return issuers.length > 0 && !issuers.includes(environment.identityServer) ? 'noAccountThere' : cause;
}

/** docs/reltio.md, R36 and R37. */
function forbidden(call: FailedCall, surroundings: Surroundings): FailureCause {
  const { answer, address, headers } = call;
  const { fields } = answer;
  if (
    /\ballow(ed)?[- ]?list|\bwhite[- ]?list|\bip\b.*\b(address|allowed|blocked|range|restrict)/i.test(errorText(fields))
  ) {
    return 'networkDenied';
  }
  const fault = hostFault(call, surroundings) ?? tenantFault(call, surroundings, 'denied');
  if (fault !== undefined) {
    return fault;
  }
  if (errorName(fields) === 'insufficient_scope' || /\binsufficient_scope\b/.test(headers['www-authenticate'] ?? '')) {
    return 'scopeMissing';
  }
  if (/^\/reltio\/tenants\/?$/.test(address?.url.pathname ?? '')) {
    return 'staffOnly';
  }
  switch (answer.form) {
    case 'json':
      return ofAccount(fields) ?? 'roleMissing';
    case 'page':
      return 'foreignPage';
    case 'notGiven':
      return isPage(headers) ? 'deniedSilently' : 'roleMissing';
    default:
      return 'deniedSilently';
  }
}

function absent(call: FailedCall, surroundings: Surroundings): FailureCause {
  const fault = hostFault(call, surroundings) ?? tenantFault(call, surroundings, 'said');
  return fault ?? (call.answer.form === 'json' ? 'objectMissing' : 'pathMissing');
}

/** Reltio reports mistakes of the caller as 500 too (docs/reltio.md, R38). */
const causesOfErrorCodes: Readonly<Record<number, FailureCause>> = {
  119: 'requestRefused', // an unknown type of entity or relation
  2003: 'wrongMethod',
  2006: 'tooMuch',
};

function failedServer(status: number, { errorCode }: Json): FailureCause {
  if (status === 511) {
    return 'networkSignIn';
  }
  const known = typeof errorCode === 'number' ? causesOfErrorCodes[errorCode] : undefined;
  if (known !== undefined && (status === 500 || status === 507)) {
    return known;
  }
  return status === 507 ? 'tooMuch' : status === 500 ? 'serverError' : 'serverDown';
}

function isForeign({ answer, headers }: FailedCall): boolean {
  return answer.form === 'page' || answer.form === 'gatewayPage' || (answer.form !== 'json' && isPage(headers));
}

function isPage(headers: FailedCall['headers']): boolean {
  return /^\s*text\/html\b/i.test(headers['content-type'] ?? '');
}
