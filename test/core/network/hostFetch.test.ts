import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { hostFetch } from '../../../src/core/network/hostFetch';
import { mayReceiveSecrets } from '../../../src/core/trust/trustedHosts';
import type { HttpRequest, HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import { selfSignedCertificate } from '../../identity/certificate';
import { startIdentityServer, type Fault, type IdentityServer } from '../../identity/server';

const anyHost = () => Promise.resolve(true);
const client = hostFetch({ userAgent: 'reltio-auth-test/1.0', mayReceiveSecrets: anyHost });
const planted = 'planted-refresh-token-93f2';

function tokenRequest(server: { readonly url: string }): HttpRequest {
  return {
    method: 'POST',
    url: `${server.url}/oauth/token`,
    headers: {
      authorization: 'Basic cmVsdGlvX3VpOnNlY3JldA==',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: planted }).toString(),
  };
}

function send(server: { readonly url: string }, signal = AbortSignal.timeout(20_000)) {
  return client.send(tokenRequest(server), signal);
}

function failure(answer: HttpResponse | TransportFailure): TransportFailure {
  assert.ok(answer.kind === 'failure');
  assert.ok(!JSON.stringify(answer).includes(planted));
  return answer;
}

describe('hostFetch', () => {
  let identity: IdentityServer;
  beforeEach(async () => {
    identity = await startIdentityServer();
    identity.addLogin({ userName: 'jane@acme.com', clientId: 'reltio_ui', accessToken: 'a', refreshToken: planted });
  });
  afterEach(() => identity.close());

  it('sends method, headers, user agent and body, and returns status, headers in lower case and body', async () => {
    const answer = await send(identity);
    assert.ok(answer.kind === 'response');
    assert.equal(answer.status, 200);
    assert.match(answer.headers['content-type'] ?? '', /json/);
    assert.ok('access_token' in (JSON.parse(answer.body) as object));
    const [request] = identity.requests.all;
    assert.ok(request !== undefined);
    assert.equal(request.headers['user-agent'], 'reltio-auth-test/1.0');
    assert.deepEqual(request.form, { grant_type: 'refresh_token', refresh_token: planted });
    assert.equal(request.clientId, 'reltio_ui');
    assert.equal(request.headers['cookie'], undefined);
  });

  it('uses the fetch that the host has at the moment of the call', async () => {
    const genuine = globalThis.fetch;
    let calls = 0;
    globalThis.fetch = (...args) => {
      calls += 1;
      return genuine(...args);
    };
    try {
      await send(identity);
    } finally {
      globalThis.fetch = genuine;
    }
    assert.equal(calls, 1);
  });

  for (const status of [301, 302, 303, 307, 308] as const) {
    it(`does not follow a ${status}: the secret stays where it was sent`, async () => {
      const elsewhere = await startIdentityServer();
      try {
        identity.faults.next({ kind: 'redirect', to: `${elsewhere.url}/oauth/token`, status });
        const answer = await send(identity);
        assert.ok(answer.kind === 'response');
        assert.ok(answer.status === status || answer.status === 0);
        assert.equal(elsewhere.requests.all.length, 0);
        assert.equal(identity.requests.all.length, 1);
      } finally {
        await elsewhere.close();
      }
    });
  }

  it('stops reading a body of 50 MB at 1 MB', async () => {
    identity.faults.next({ kind: 'hugeBody' });
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    assert.equal(failure(await send(identity)).code, 'tooLarge');
    const after = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    assert.ok(after - before < 30 * 1024 * 1024, 'the rest was read');
  });

  it('accepts a body of exactly 1 MB, and none that is a byte longer', async () => {
    const bytes = 1024 * 1024;
    identity.faults.next({ kind: 'hugeBody', bytes });
    const answer = await send(identity);
    assert.ok(answer.kind === 'response');
    assert.equal(answer.body.length, bytes);
    identity.faults.next({ kind: 'hugeBody', bytes: bytes + 1 });
    assert.equal(failure(await send(identity)).code, 'tooLarge');
  });

  it('ends a slow response when the signal aborts', async () => {
    identity.faults.next({ kind: 'slowDrip', millisecondsPerByte: 50 });
    const started = Date.now();
    assert.equal(failure(await send(identity, AbortSignal.timeout(200))).code, 'cancelled');
    assert.ok(Date.now() - started < 2_000);
  });

  for (const after of ['nothing', 'headers'] as const) {
    it(`ends a hang after ${after} when the signal aborts`, async () => {
      identity.faults.next({ kind: 'hang', after });
      assert.equal(failure(await send(identity, AbortSignal.timeout(200))).code, 'cancelled');
    });
  }

  it('sends nothing when the signal was aborted before', async () => {
    assert.equal(failure(await send(identity, AbortSignal.abort())).code, 'cancelled');
    assert.equal(identity.requests.all.length, 0);
  });

  for (const kind of ['resetBeforeReading', 'resetAfterReading', 'lostAnswer'] as const) {
    it(`reports a ${kind} as unreachable`, async () => {
      identity.faults.next({ kind } satisfies Fault);
      assert.equal(failure(await send(identity)).code, 'unreachable');
    });
  }

  it('reports a refused connection as unreachable', async () => {
    const { url } = await startAndStop();
    assert.deepEqual(failure(await send({ url })), { kind: 'failure', code: 'unreachable', nodeCode: 'ECONNREFUSED' });
  });

  for (const scheme of ['http', 'https']) {
    it(`reports a host name that does not resolve over ${scheme}`, async () => {
      assert.equal(failure(await send({ url: `${scheme}://no-such-host.invalid` })).code, 'dns');
    });
  }

  it('accepts no certificate of an unknown authority', async () => {
    const secure = await startIdentityServer({ tls: selfSignedCertificate() });
    try {
      assert.equal(failure(await send(secure)).code, 'tls');
      assert.equal(secure.requests.all.length, 0);
    } finally {
      await secure.close();
    }
  });

  it('accepts no expired certificate', async () => {
    const secure = await startIdentityServer({ tls: selfSignedCertificate(new Date(Date.now() - 3_600_000)) });
    try {
      assert.equal(failure(await send(secure)).code, 'tls');
    } finally {
      await secure.close();
    }
  });

  it('reports tls when the server speaks plain http on the https port', async () => {
    assert.equal(failure(await send({ url: identity.url.replace('http:', 'https:') })).code, 'tls');
  });

  it('never opens a connection to a host that is not trusted', async () => {
    let connections = 0;
    const listener = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    const asked: string[] = [];
    const careful = hostFetch({
      userAgent: 'test',
      mayReceiveSecrets: (target) => {
        asked.push(target);
        return Promise.resolve(false);
      },
    });
    try {
      assert.deepEqual(await careful.send(tokenRequest({ url }), AbortSignal.timeout(20_000)), {
        kind: 'failure',
        code: 'untrustedHost',
      });
      assert.deepEqual(asked, [`${url}/oauth/token`]);
      assert.equal(connections, 0);
    } finally {
      listener.close();
    }
  });

  it('checks before every request, because trust may be withdrawn', async () => {
    let trusted = true;
    const careful = hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(trusted) });
    assert.equal((await careful.send(tokenRequest(identity), AbortSignal.timeout(20_000))).kind, 'response');
    trusted = false;
    assert.equal((await careful.send(tokenRequest(identity), AbortSignal.timeout(20_000))).kind, 'failure');
    assert.equal(identity.requests.all.length, 1);
  });

  it('sends nothing, and throws nothing, when the trust check fails', async () => {
    const broken = hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.reject(new Error('settings')) });
    assert.equal(failure(await broken.send(tokenRequest(identity), AbortSignal.timeout(20_000))).kind, 'failure');
    assert.equal(identity.requests.all.length, 0);
  });

  it('sends nothing when the user cancelled during the trust check', async () => {
    const controller = new AbortController();
    const slow = hostFetch({
      userAgent: 'test',
      mayReceiveSecrets: () => {
        controller.abort();
        return Promise.resolve(true);
      },
    });
    assert.equal(failure(await slow.send(tokenRequest(identity), controller.signal)).code, 'cancelled');
    assert.equal(identity.requests.all.length, 0);
  });

  it('sends, with the real trust check, to loopback and not to another name of the same machine', async () => {
    const real = hostFetch({
      userAgent: 'test',
      mayReceiveSecrets: (url) => Promise.resolve(mayReceiveSecrets(url, ['reltio.com'])),
    });
    assert.equal((await real.send(tokenRequest(identity), AbortSignal.timeout(20_000))).kind, 'response');
    const foreign = { url: `http://127.0.0.1.nip.example:${identity.port}` };
    assert.equal(failure(await real.send(tokenRequest(foreign), AbortSignal.timeout(20_000))).code, 'untrustedHost');
  });

  it('returns an empty body when there is none', async () => {
    identity.faults.next({ kind: 'emptyBody', status: 204 });
    const answer = await send(identity);
    assert.ok(answer.kind === 'response');
    assert.deepEqual([answer.status, answer.body], [204, '']);
  });
});

async function startAndStop(): Promise<{ url: string }> {
  const server = await startIdentityServer();
  await server.close();
  return server;
}
