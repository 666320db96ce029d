import assert from 'node:assert/strict';
import { brokenRequestCode } from '../../../../src/core/localProxy/connections/brokenRequest';

const error = (code: string, packet?: string): Parameters<typeof brokenRequestCode>[0] =>
  Object.assign(new Error('x'), { code, ...(packet === undefined ? {} : { rawPacket: Buffer.from(packet) }) });

describe('what Node could not read', () => {
  it('is refused for what is wrong with it', () => {
    assert.equal(brokenRequestCode(error('HPE_HEADER_OVERFLOW')), 'headersTooLarge');
    assert.equal(brokenRequestCode(error('ERR_HTTP_REQUEST_TIMEOUT')), 'requestTimeout');
    assert.equal(brokenRequestCode(error('HPE_INVALID_URL')), 'target');
    assert.equal(brokenRequestCode(error('HPE_INVALID_CHUNK_SIZE')), 'badRequest');
  });

  it('may be a request with a method that its parser does not know', () => {
    assert.equal(brokenRequestCode(error('HPE_INVALID_METHOD', 'FOO /x HTTP/1.1\r\n')), 'method');
    for (const packet of [undefined, '', 'SSH-2.0\r\n', 'FOO x HTTP/1.1\r\n', '\x16\x03\x01', 'FOO /x HTTP/2.0\r\n']) {
      assert.equal(brokenRequestCode(error('HPE_INVALID_METHOD', packet)), 'badRequest', packet);
    }
  });

  it('is nothing to answer if the connection failed', () => {
    for (const code of ['ECONNRESET', 'EPIPE', 'ETIMEDOUT', ''])
      assert.equal(brokenRequestCode(error(code)), undefined);
    assert.equal(brokenRequestCode(new Error('x')), undefined);
  });
});
