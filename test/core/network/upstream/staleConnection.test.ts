import assert from 'node:assert/strict';
import type { UpstreamRequest } from '../../../../src/core/localProxy/upstream';
import { retriedOnStaleConnection } from '../../../../src/core/network/upstream/staleConnection';
import type { TransportFailure } from '../../../../src/core/oauth/httpClient';

const stale: TransportFailure = { kind: 'failure', code: 'unreachable', nodeCode: 'ECONNRESET' };
const body = (async function* (): AsyncGenerator<Uint8Array> {
  // empty
})();

describe('retriedOnStaleConnection', () => {
  const cases: [what: string, request: Partial<UpstreamRequest>, failure: TransportFailure, sent: number][] = [
    ['a GET', {}, stale, 2],
    ['a HEAD over a closed socket', { method: 'HEAD' }, { ...stale, nodeCode: 'UND_ERR_SOCKET' }, 2],
    ['an OPTIONS over a broken pipe', { method: 'OPTIONS' }, { ...stale, nodeCode: 'EPIPE' }, 2],
    ['no change', { method: 'POST' }, stale, 1],
    ['no deletion', { method: 'DELETE' }, stale, 1],
    ['no body that has been read already', { body }, stale, 1],
    ['nothing to a closed port', {}, { ...stale, nodeCode: 'ECONNREFUSED' }, 1],
    ['nothing over an unverified connection', {}, { kind: 'failure', code: 'tls', nodeCode: 'ECONNRESET' }, 1],
  ];
  for (const [what, request, failure, expected] of cases) {
    it(`sends again: ${what}`, async () => {
      let sent = 0;
      const send = (): Promise<TransportFailure> => Promise.resolve(((sent += 1), failure));
      const whole = { method: 'GET', url: 'https://dev.reltio.com/', headers: [], ...request };
      assert.equal(await retriedOnStaleConnection(whole, new AbortController().signal, send), failure);
      assert.equal(sent, expected);
      sent = 0;
      await retriedOnStaleConnection(whole, AbortSignal.abort(), send);
      assert.equal(sent, 1);
    });
  }
});
