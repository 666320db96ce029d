import assert from 'node:assert/strict';
import { classifyTransportError } from '../../../src/core/network/transportError';

function failed(...codes: string[]): Error {
  const [code, ...rest] = codes;
  const cause = rest.length === 0 ? undefined : failed(...rest);
  return Object.assign(new Error('with a secret inside', { cause }), code === '' ? {} : { code });
}

/**
 * All codes of Node for a certificate that fails: `X509Pointer::ErrorCode` in its `deps/ncrypto/ncrypto.cc`, the same list
 * in Node 12 to 24. `UNSPECIFIED` is the code for all other `X509_V_ERR_` of OpenSSL, such as a key that is too small.
 */
const certificateFaults = [
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_CRL',
  'UNABLE_TO_DECRYPT_CERT_SIGNATURE',
  'UNABLE_TO_DECRYPT_CRL_SIGNATURE',
  'UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY',
  'CERT_SIGNATURE_FAILURE',
  'CRL_SIGNATURE_FAILURE',
  'CERT_NOT_YET_VALID',
  'CERT_HAS_EXPIRED',
  'CRL_NOT_YET_VALID',
  'CRL_HAS_EXPIRED',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
  'ERROR_IN_CRL_LAST_UPDATE_FIELD',
  'ERROR_IN_CRL_NEXT_UPDATE_FIELD',
  'OUT_OF_MEM',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_CHAIN_TOO_LONG',
  'CERT_REVOKED',
  'INVALID_CA',
  'PATH_LENGTH_EXCEEDED',
  'INVALID_PURPOSE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'HOSTNAME_MISMATCH',
  'UNSPECIFIED',
];

describe('classifyTransportError', () => {
  const meanings: Record<string, readonly string[]> = {
    dns: ['ENOTFOUND', 'EAI_AGAIN'],
    timeout: ['ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
    tls: [...certificateFaults, 'ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO'],
    unreachable: [
      'ECONNREFUSED',
      'ECONNRESET',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'UND_ERR_SOCKET',
      'ENOMEM',
      'Z_DATA_ERROR',
      'ERR_INVALID_URL',
      'HPE_INVALID_CONSTANT',
    ],
  };
  for (const [code, nodeCodes] of Object.entries(meanings)) {
    it(`${code}: ${nodeCodes.join(', ')}, as the error itself or deep in its causes`, () => {
      for (const nodeCode of nodeCodes) {
        const expected = { kind: 'failure', code, nodeCode };
        assert.deepEqual(classifyTransportError(failed(nodeCode)), expected);
        assert.deepEqual(classifyTransportError(failed('', nodeCode)), expected);
        assert.deepEqual(classifyTransportError(failed('', '', nodeCode)), expected);
      }
    });
  }

  it('finds the reason in the attempts at several addresses', () => {
    const attempts = new AggregateError([failed('ECONNREFUSED'), failed('CERT_HAS_EXPIRED')]);
    assert.deepEqual(classifyTransportError(new TypeError('fetch failed', { cause: attempts })), {
      kind: 'failure',
      code: 'tls',
      nodeCode: 'CERT_HAS_EXPIRED',
    });
  });

  it('believes undici that the connection to the proxy failed', () => {
    for (const nodeCode of ['UND_ERR_PRX_TLS', 'UND_ERR_PRX_CONN']) {
      const expected = { kind: 'failure', code: 'proxy', nodeCode };
      assert.deepEqual(classifyTransportError(failed(nodeCode, 'UND_ERR_SOCKET')), expected);
    }
  });

  it('does not treat a message as a code', () => {
    const odd = Object.assign(new Error('x'), { code: 'token 204938ca-2cf7' });
    assert.deepEqual(classifyTransportError(odd), { kind: 'failure', code: 'unreachable' });
  });

  it('accepts anything that can be thrown, even a cycle of causes', () => {
    const circle: { cause?: unknown } = {};
    circle.cause = circle;
    for (const thrown of [circle, undefined, null, 'text', 7, new Error('x'), { errors: 'none' }]) {
      assert.deepEqual(classifyTransportError(thrown), { kind: 'failure', code: 'unreachable' });
    }
  });
});
