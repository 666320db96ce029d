import assert from 'node:assert/strict';
import { Failure, type FailureDetails } from '../../../src/core/base/failure';
import { describe as sentence, remedyFor } from '../../../src/editor/messages/messages';

describe('the sentences about connections', () => {
  const table: [code: 'proxy' | 'tls' | 'unreachable', details: FailureDetails, says: RegExp][] = [
    [
      'tls',
      { nodeCode: 'SELF_SIGNED_CERT_IN_CHAIN' },
      /does not trust the certificate of auth\.reltio\.com \(SELF_.*caFile/,
    ],
    ['tls', { nodeCode: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY' }, /does not trust the certificate/],
    ['tls', { nodeCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, /does not trust the certificate/],
    ['tls', { nodeCode: 'CERT_HAS_EXPIRED' }, /has expired.*Check the date/],
    ['tls', { nodeCode: 'CERT_NOT_YET_VALID' }, /is not valid yet.*Check the date/],
    ['tls', { nodeCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /certificate of another host.*guest network/],
    ['tls', { nodeCode: 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED' }, /requires a client certificate/],
    ['tls', { nodeCode: 'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE' }, /requires a client certificate/],
    ['tls', { nodeCode: 'ERR_SSL_WRONG_VERSION_NUMBER' }, /secure connection to auth\.reltio\.com failed.*Diagnose/],
    ['tls', {}, /secure connection to auth\.reltio\.com failed, so nothing was sent/],
    ['proxy', { status: 407 }, /requires a user name and password.*http\.proxyAuthorization/],
    ['proxy', { status: 403 }, /does not allow connections.*HTTP 403.*network team/],
    ['proxy', { status: 502 }, /could not reach auth\.reltio\.com \(HTTP 502\)/],
    ['proxy', { nodeCode: 'ECONNREFUSED' }, /cannot be reached \(ECONNREFUSED\)\. Check "http\.proxy"/],
    ['proxy', { nodeCode: 'SELF_SIGNED_CERT_IN_CHAIN' }, /certificate of your proxy.*caFile/],
    ['proxy', { nodeCode: 'INVALID_PURPOSE' }, /certificate of your proxy/],
    ['proxy', { nodeCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /certificate of your proxy/],
    ['proxy', { nodeCode: 'ERR_SSL_WRONG_VERSION_NUMBER' }, /accepts no TLS connection \(ERR_SSL_W.* begin with http:/],
    ['proxy', { nodeCode: 'EPROTO' }, /accepts no TLS connection/],
    ['proxy', {}, /Your proxy cannot be reached\./],
    ['unreachable', { nodeCode: 'UND_ERR_SOCKET' }, /closed the connection.*clientCertificate/],
    ['unreachable', { nodeCode: 'ECONNREFUSED' }, /cannot be reached \(ECONNREFUSED\)\. Check your network/],
  ];
  for (const [code, details, says] of table) {
    it(`${code} ${details.nodeCode ?? details.status ?? ''}`, () => {
      const failure = new Failure(code, { host: 'auth.reltio.com', ...details });
      assert.match(sentence(failure), says);
      assert.ok(sentence(failure).length <= 240, `${sentence(failure).length} characters`);
      assert.equal(remedyFor(failure), 'diagnose');
    });
  }
});
