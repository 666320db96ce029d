import assert from 'node:assert/strict';
import { sentHeaders } from '../../../../src/features/handoff/requestFiles/sentHeaders';

describe('the headers of a request file', () => {
  it('are sent as they are written, with the token and the true length', () => {
    const headers = { accept: 'application/json', 'x-list': ['a', 'b'], cookie: 'c=1', 'content-length': '99' };
    assert.deepEqual(sentHeaders(headers, 3, 't0'), [
      ['accept', 'application/json'],
      ['x-list', 'a'],
      ['x-list', 'b'],
      ['cookie', 'c=1'],
      ['content-length', '3'],
      ['authorization', 'Bearer t0'],
    ]);
  });

  it('cannot replace the token, name another host, belong to one connection, or ask for what we cannot decode', () => {
    const headers = {
      Authorization: 'Bearer x',
      Host: 'evil.example',
      Connection: 'x-a, close',
      'X-A': '1',
      'Transfer-Encoding': 'chunked',
      Upgrade: 'websocket',
      Expect: '100-continue',
      'Accept-Encoding': 'zstd',
      'Proxy-Authorization': 'Basic x',
      'X-Unset': undefined,
    };
    assert.deepEqual(sentHeaders(headers, 0, 't0'), [['authorization', 'Bearer t0']]);
  });
});
