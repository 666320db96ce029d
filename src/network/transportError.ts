import type { TransportFailure } from '../oauth/httpClient';

const dnsCodes = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME', 'ERR_NAME_NOT_RESOLVED']);
const timeoutCodes = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);
/** Names that Node and OpenSSL give to a certificate or handshake that does not hold. */
const tlsCode =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO$|CRL_)/;

/**
 * What kept a request from being answered. `fetch` throws "fetch failed" for everything; the reason hides in `cause`,
 * or in the `errors` of a cause that tried several addresses.
 */
export function classifyTransportError(error: unknown): TransportFailure {
  const codes = codesIn(error);
  const tls = codes.find((code) => tlsCode.test(code));
  if (tls !== undefined) {
    return { kind: 'failure', code: 'tls', nodeCode: tls };
  }
  const dns = codes.find((code) => dnsCodes.has(code));
  if (dns !== undefined) {
    return { kind: 'failure', code: 'dns', nodeCode: dns };
  }
  const timeout = codes.find((code) => timeoutCodes.has(code));
  if (timeout !== undefined) {
    return { kind: 'failure', code: 'timeout', nodeCode: timeout };
  }
  const [first] = codes;
  return { kind: 'failure', code: 'unreachable', ...(first === undefined ? {} : { nodeCode: first }) };
}

function codesIn(error: unknown, depth = 0): string[] {
  if (typeof error !== 'object' || error === null || depth > 5) {
    return [];
  }
  const own = 'code' in error && typeof error.code === 'string' && /^[A-Z0-9_]+$/.test(error.code) ? [error.code] : [];
  const nested = 'errors' in error && Array.isArray(error.errors) ? (error.errors as unknown[]) : [];
  const cause = 'cause' in error ? [error.cause] : [];
  return [...own, ...[...cause, ...nested].flatMap((inner) => codesIn(inner, depth + 1))];
}
