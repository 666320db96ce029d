import assert from 'node:assert/strict';
import { hasBody, headersToSend, isChange } from '../../../../src/core/localProxy/forwarding/requestHeaders';

const sent = (...rawHeaders: string[]) => headersToSend({ method: 'GET', rawHeaders }, 'the-token');

describe('the headers that the local proxy sends on', () => {
  it('are those of the client, in their order, with duplicates, and the token', () => {
    assert.deepEqual(sent('Accept', 'a', 'X-Two', '1', 'content-length', '3', 'X-Two', '2', 'Mcp-Session-Id', 'é'), [
      ['Accept', 'a'],
      ['X-Two', '1'],
      ['content-length', '3'],
      ['X-Two', '2'],
      ['Mcp-Session-Id', 'é'],
      ['Authorization', 'Bearer the-token'],
    ]);
  });

  const left =
    'Host Authorization Cookie Expect Accept-Encoding Origin Referer Sec-Fetch-Site sec-ch-ua HTTP2-Settings Connection ' +
    'Keep-Alive Proxy-Authenticate Proxy-Authorization Proxy-Connection TE Trailer Transfer-Encoding Upgrade';
  for (const name of left.split(' ')) {
    it(`are without ${name}, in any case`, () => {
      const names = [name, name.toLowerCase(), name.toUpperCase()];
      assert.deepEqual(sent(...names.flatMap((one) => [one, 'x'])), [['Authorization', 'Bearer the-token']]);
    });
  }

  it('are without those that Connection names', () => {
    assert.deepEqual(
      sent('Connection', 'close, X-One', 'X-One', '1', 'x-two', '2', 'connection', ' X-TWO ,authorization'),
      [['Authorization', 'Bearer the-token']],
    );
  });
});

describe('a request to the local proxy', () => {
  const changes = (method: string, ...rawHeaders: string[]): boolean => isChange({ method, rawHeaders });

  it('is a change unless its method is GET or HEAD', () => {
    assert.deepEqual(
      ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map((method) => changes(method)),
      [false, false, true, true, true, true, true],
    );
  });

  it('is a change if a header may name another method', () => {
    for (const name of ['X-HTTP-Method-Override', 'x-http-method', 'X-METHOD-OVERRIDE', 'X_HTTP_Method_Override']) {
      assert.equal(changes('GET', 'Accept', '*/*', name, 'GET'), true, name);
    }
    assert.equal(changes('GET', 'Accept', 'X-HTTP-Method-Override', 'X-HTTP-Method-Overridden', 'DELETE'), false);
  });

  it('has a body if it has a length above 0, or one in chunks', () => {
    assert.equal(hasBody({ headers: {} }), false);
    assert.equal(hasBody({ headers: { 'content-length': '0' } }), false);
    assert.equal(hasBody({ headers: { 'content-length': '1' } }), true);
    assert.equal(hasBody({ headers: { 'transfer-encoding': 'chunked' } }), true);
  });
});
