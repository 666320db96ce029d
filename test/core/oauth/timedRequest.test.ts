import assert from 'node:assert/strict';
import { registerClient } from '../../../src/core/browserSignIn/registration';
import { ssoCheck } from '../../../src/core/browserSignIn/ssoCheck';
import { discover, discoverIdentityServer } from '../../../src/core/browserSignIn/discovery';
import { callEnvironment } from '../../../src/core/dataApi/environmentCall';
import type { HttpClient } from '../../../src/core/oauth/httpClient';
import { timedRequest, type RequestTools } from '../../../src/core/oauth/timedRequest';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';
import { FakeClock } from '../../fakes/fakeClock';

const server = 'https://dev.reltio.com';
const request = { method: 'GET', url: `${server}/x`, headers: {} } as const;

/** A server that never answers. */
const silent: HttpClient = {
  send: async (_request, signal) => {
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    return { kind: 'failure', code: 'cancelled' };
  },
};

describe('a request with a time limit', () => {
  it('returns the answer, and what the network reports', async () => {
    for (const answer of [response(200, { a: 1 }), { kind: 'failure', code: 'dns' } as const]) {
      const tools = { http: new CannedHttp(answer), clock: new FakeClock() };
      assert.equal(await timedRequest(tools, request, 1_000, undefined), answer);
      assert.equal(tools.clock.waiting, 0);
    }
  });

  it('ends when the time is over, with a failure that is not a cancellation of the user', async () => {
    const clock = new FakeClock();
    const work = timedRequest({ http: silent, clock }, request, 1_000, noSignal);
    await assert.rejects(clock.finish(work), { code: 'timeout', host: 'dev.reltio.com' });
  });

  it('ends when the user cancels', async () => {
    const user = new AbortController();
    const work = timedRequest({ http: silent, clock: new FakeClock() }, request, 1_000, user.signal);
    user.abort();
    await assert.rejects(work, { code: 'cancelled' });
  });

  const calls: Readonly<Record<string, (tools: RequestTools) => Promise<unknown>>> = {
    'the registration of a client': (tools) =>
      registerClient(tools, `${server}/register`, 'http://localhost', noSignal),
    'the check for single sign-on': (tools) =>
      ssoCheck(tools, server, 'abc', 'acme', { state: 's', redirectUri: 'http://localhost' }, noSignal),
    'the search for metadata': (tools) => discover(tools, `${server}/metadata`, noSignal),
    'a call to an environment': (tools) => callEnvironment(tools, server, '/x', undefined, noSignal),
  };
  for (const [name, call] of Object.entries(calls)) {
    it(`is ${name}: a server that never answers is no cancellation`, async () => {
      const clock = new FakeClock();
      await assert.rejects(clock.finish(call({ http: silent, clock })), { code: 'timeout', host: 'dev.reltio.com' });
    });
  }

  it('is the search for metadata, which does not claim that there is none if this window cannot ask', async () => {
    const http: HttpClient = { send: () => Promise.resolve({ kind: 'failure', code: 'windowOutdated' }) };
    const search = discover({ http, clock: new FakeClock() }, `${server}/metadata`, noSignal);
    await assert.rejects(search, { code: 'windowOutdated', host: 'dev.reltio.com' });
  });

  it('is the search for what an identity server announces, which goes on without it', async () => {
    const clock = new FakeClock();
    assert.equal(await clock.finish(discoverIdentityServer({ http: silent, clock }, server, noSignal)), undefined);
  });
});
