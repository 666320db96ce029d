import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { hostFetch } from '../../../src/core/network/hostFetch';
import { runningServersKey, sendToRunningServer } from '../../../src/core/network/runningServer';
import type { HttpClient } from '../../../src/core/oauth/httpClient';
import { discoverIdentityServer } from '../../../src/core/browserSignIn/discovery';
import { registerClient } from '../../../src/core/browserSignIn/registration';
import { ssoCheck } from '../../../src/core/browserSignIn/ssoCheck';
import { isFailure } from '../../../src/core/base/failure';
import { passwordGrant, refreshTokenGrant } from '../../../src/core/oauth/grants';
import { requestToken } from '../../../src/core/oauth/tokenEndpoint';
import { Installation } from '../../fakes/installation';
import { FakeMemory } from '../../fakes/fakeMemory';
import { startIdentityServer, type IdentityServer } from '../../identity/server';

const signal = new AbortController().signal;

describe('a server on this machine, over plain http', () => {
  let identity: IdentityServer;
  let memory: FakeMemory;
  let http: HttpClient;
  let intruder: Server | undefined;
  let seen: string[];

  beforeEach(async () => {
    identity = await startIdentityServer();
    memory = new FakeMemory();
    const plain = hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) });
    http = { send: (request, abort) => sendToRunningServer(plain, memory, request, abort) };
    seen = [];
  });
  afterEach(async () => {
    await identity.close();
    intruder?.closeAllConnections();
    intruder?.close();
    intruder = undefined;
  });

  async function signIn(): Promise<string> {
    const { name, password } = identity.users.plain;
    const token = await requestToken(http, identity.url, identity.clients.own, passwordGrant(name, password), signal);
    assert.ok(token.kind === 'granted' && token.refreshToken !== undefined);
    return token.refreshToken;
  }

  async function refresh(token: string): Promise<string> {
    const { url, clients } = identity;
    return await requestToken(http, url, clients.own, refreshTokenGrant(token), signal).then(
      ({ kind }) => kind,
      (error: unknown) => (isFailure(error) ? error.code : String(error)),
    );
  }

  /** A connection to the previous server is reset first. */
  async function isReached(): Promise<void> {
    const reached = await fetch(identity.url).then(
      () => true,
      () => false,
    );
    if (!reached) {
      await isReached();
    }
  }

  /** Listens on the port of the identity server. */
  async function intrude(listener: RequestListener): Promise<void> {
    await identity.close();
    const server = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => seen.push(chunk.toString()));
      seen.push(`${request.method} ${request.url}`, JSON.stringify(request.headers));
      listener(request, response);
    });
    await new Promise<void>((resolve) => server.listen(identity.port, '127.0.0.1', resolve));
    intruder = server;
    await isReached();
    seen.length = 0;
  }

  const page: RequestListener = (_request, response) => {
    response.setHeader('content-type', 'text/html').end('<html>another project</html>');
  };

  it('receives a refresh token while it answers as at the sign-in', async () => {
    const token = await signIn();
    assert.equal(await refresh(token), 'granted');
    const ahead = identity.requests.all.filter(({ path }) => path === '/oauth/checkToken');
    assert.equal(ahead.length, 2);
    assert.ok(!JSON.stringify(memory.get(runningServersKey)).includes(token));
  });

  it('receives no secret when another server uses its port', async () => {
    const token = await signIn();
    await intrude(page);
    assert.equal(await refresh(token), 'otherServer');
    assert.equal(await refresh(token), 'otherServer', 'and not at the second try either');
    const all = seen.join('\n');
    assert.ok(!all.includes(token) && !/authorization/i.test(all), all);
    assert.deepEqual(
      seen.filter((line) => line.includes('/oauth/') && line !== 'GET /oauth/checkToken'),
      [],
    );
  });

  it('is identified again by the next sign-in', async () => {
    await intrude(page);
    await memory.update(runningServersKey, { [identity.url]: '404||||' });
    assert.equal(await refresh('r0'), 'otherServer');
    intruder?.closeAllConnections();
    intruder?.close();
    intruder = undefined;
    identity = await startIdentityServer({ port: identity.port });
    await isReached();
    assert.equal(await refresh(await signIn()), 'granted');
  });

  it('receives no secret when an error hides its identity, and the error is reported', async () => {
    const token = await signIn();
    let status = 503;
    await intrude((_request, response) => response.writeHead(status, { 'retry-after': '7' }).end());
    for (const [answered, code] of [
      [503, 'serverError'],
      [500, 'serverError'],
      [429, 'rateLimited'],
    ] as const) {
      status = answered;
      assert.equal(await refresh(token), code);
    }
    const all = seen.join('\n');
    assert.ok(!all.includes(token) && !/authorization/i.test(all), all);
  });

  it('receives a password when an error hides its identity: the user has chosen it', async () => {
    await signIn();
    await intrude((request, response) => {
      response.writeHead(request.method === 'GET' ? 500 : 401).end('{"error":"invalid_grant"}');
    });
    await signIn().catch(() => undefined);
    assert.ok(seen.includes('POST /oauth/token'), seen.join('\n'));
  });

  it('receives nothing else when no server listens', async () => {
    const token = await signIn();
    await identity.close();
    assert.equal(await refresh(token), 'unreachable');
  });

  it('is not identified by questions that hold no secret', async () => {
    const token = await signIn();
    await intrude(page);
    const { clock } = new Installation();
    await discoverIdentityServer({ http, clock }, identity.url, signal);
    const request = { state: 's', redirectUri: 'http://localhost:8081' };
    await ssoCheck({ http, clock }, identity.url, 'AcmeDev01', 'acme_web', request, signal);
    await registerClient({ http, clock }, `${identity.url}/register`, request.redirectUri, signal).catch(
      () => undefined,
    );
    assert.equal(seen.filter((line) => / \/(\.well-known|oauth\/ssoCheck|register)/.test(line)).length, 4);
    assert.equal(await refresh(token), 'otherServer');
    assert.ok(!seen.join('\n').includes(token));
  });

  it('is not affected by an invalid memory', async () => {
    for (const stored of [null, 'text', 7, [], { [identity.url]: 7 }]) {
      await memory.update(runningServersKey, stored);
      assert.equal(await refresh(await signIn()), 'granted');
    }
  });

  it('loses no answer in a closing window, which cannot store anything', async () => {
    memory.isClosed = true;
    const token = await signIn();
    assert.equal(await refresh(token), 'granted');
  });

  it('is one of twenty servers that are remembered', async () => {
    const before = Object.fromEntries(Array.from({ length: 30 }, (_none, index) => [`http://127.0.0.1:${index}`, 'x']));
    await memory.update(runningServersKey, before);
    await signIn();
    const origins = Object.keys(memory.get(runningServersKey) as object);
    assert.equal(origins.length, 20);
    assert.equal(origins.at(-1), identity.url);
  });
});
