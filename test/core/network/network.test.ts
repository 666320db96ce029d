import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadableStream } from 'node:stream/web';
import type { HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import { asText, readBody } from '../../../src/core/network/exchange';
import { Network } from '../../../src/core/network/network';
import { type NetworkSettings, defaultNetworkSettings } from '../../../src/core/network/networkSettings';
import { Authority, type Pem } from '../../fakes/authority';
import { busyConnections } from '../../fakes/busyConnections';
import { startProxy, type ProxyOptions, type TestProxy } from '../../fakes/proxy';

const canary = 'Canary-Secret-31337';

describe('the network', () => {
  const authority = Authority.create('Acme Root');
  const stranger = Authority.create('Stranger Root');
  let folder: string;
  let cleanUp: (() => Promise<void> | void)[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reltio-network-'));
    cleanUp = [];
  });
  afterEach(async () => {
    for (const step of cleanUp.reverse()) await step();
    rmSync(folder, { recursive: true });
  });

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const caFile = (): string => file('ca.pem', authority.cert);

  async function startServer(pem: Pem = authority.issue(), clientsOf?: Authority): Promise<Server> {
    const demand = clientsOf === undefined ? {} : { requestCert: true, rejectUnauthorized: true, ca: clientsOf.cert };
    const server = createServer({ ...pem, ...demand }, (request, response) => {
      let body = '';
      request
        .on('data', (chunk: Buffer) => (body += chunk.toString()))
        .on('end', () => {
          response.setHeader('x-agent', request.headers['user-agent'] ?? '');
          if (request.url === '/elsewhere') response.writeHead(302, { location: 'https://elsewhere.example/' }).end();
          else if (request.url === '/huge') response.end(Buffer.alloc(2 * 1024 * 1024, 'x'));
          else if (request.url === '/cut') response.destroy();
          else if (request.url === '/half') {
            response.writeHead(200, { 'content-length': 10 }).write('half', () => request.socket.end());
          } else if (request.url !== '/hang') response.end(`got ${body.length}`);
        });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return server;
  }

  async function proxied(options: ProxyOptions = {}): Promise<TestProxy> {
    const proxy = await startProxy(options);
    cleanUp.push(() => proxy.close());
    return proxy;
  }

  const port = (server: Server): number => (server.address() as AddressInfo).port;
  /** A name that only a proxy can resolve. */
  const far = (server: Server, path = '/oauth/token'): string => `https://auth.reltio.test:${port(server)}${path}`;
  const near = (server: Server, path = '/oauth/token'): string => `https://localhost:${port(server)}${path}`;

  interface Rest {
    readonly passphrase?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly choices?: string[];
    readonly trusted?: boolean;
  }

  function network(
    settings: Partial<NetworkSettings>,
    { passphrase, env = {}, choices = [], trusted = true }: Rest = {},
  ): Network {
    const all = { ...defaultNetworkSettings, ...settings };
    const made = new Network({
      userAgent: 'reltio-auth/1 test',
      mayReceiveSecrets: () => Promise.resolve(trusted),
      settings: () => all,
      passphrase: () => Promise.resolve(passphrase),
      env,
      onChoice: (host, { client, why }) => choices.push(`${host.replace(/:\d+$/, '')} ${client} ${why}`),
    });
    cleanUp.push(() => {
      made.dispose();
    });
    return made;
  }

  async function send(
    net: Network,
    url: string,
    signal = new AbortController().signal,
  ): Promise<HttpResponse | TransportFailure> {
    const headers = { authorization: `Basic ${canary}`, accept: 'application/json' };
    return await net.send({ method: 'POST', url, headers, body: canary }, signal);
  }

  async function assertWorks(net: Network, url: string): Promise<void> {
    const answer = await send(net, url);
    assert.equal(answer.kind === 'response' ? answer.body : JSON.stringify(answer), `got ${canary.length}`);
    assert.ok(answer.kind === 'response' && answer.headers['x-agent'] === 'reltio-auth/1 test');
  }

  async function assertFails(net: Network, url: string, expected: Omit<TransportFailure, 'kind'>): Promise<void> {
    assert.deepEqual(await send(net, url), { kind: 'failure', ...expected });
  }

  describe('with the explicit client', () => {
    it('waits for a slow address of a server whose other one cannot be reached', async () => {
      const server = await startServer();
      const net = network({ caFile: caFile() });
      cleanUp.push(busyConnections(400));
      await assertWorks(net, near(server));
    });

    it('waits for a slow address of a proxy whose other one cannot be reached', async () => {
      const [server, proxy] = [await startServer(), await proxied()];
      const net = network({ caFile: caFile(), ownProxy: `http://localhost:${proxy.port}` });
      cleanUp.push(busyConnections(400));
      await assertWorks(net, far(server));
    });

    it('tries once where the proxy closes the connection instead of answering', async () => {
      for (const [close, nodeCode] of [
        [(socket: Socket) => socket.end(), 'UND_ERR_SOCKET'],
        [(socket: Socket) => socket.resetAndDestroy(), 'ECONNRESET'],
      ] as const) {
        let connections = 0;
        const proxy = createTcpServer((socket) => {
          connections += 1;
          socket.on('error', () => undefined).once('data', () => close(socket));
        }).listen(0, '127.0.0.1');
        cleanUp.push(() => void proxy.close());
        await once(proxy, 'listening');
        const net = network({ ownProxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
        const answer = await send(net, 'https://auth.reltio.test/oauth/token', AbortSignal.timeout(20_000));
        assert.deepEqual([answer, connections], [{ kind: 'failure', code: 'proxy', nodeCode }, 1]);
      }
    });

    it('says that a proxy with an https address does not speak TLS', async () => {
      const { port } = await proxied();
      const net = network({ ownProxy: `https://localhost:${port}`, proxyStrictSSL: false });
      const found = { code: 'proxy', nodeCode: 'ERR_SSL_WRONG_VERSION_NUMBER' } as const;
      await assertFails(net, 'https://auth.reltio.test/oauth/token', found);
    });

    it('trusts the authorities in the file, in PEM and in DER', async () => {
      const server = await startServer();
      await assertWorks(network({ caFile: caFile() }), near(server));
      const der = Buffer.from(authority.cert.replace(/-----[^-]+-----|\s/g, ''), 'base64');
      writeFileSync(join(folder, 'ca.der'), der);
      await assertWorks(network({ caFile: join(folder, 'ca.der') }), near(server));
    });

    it('trusts all authorities of a bundle with comments, and of one as `openssl x509 -trustout` writes it', async () => {
      const server = await startServer();
      const bundle = [stranger.cert, authority.cert].join('# Acme — the second\n');
      const trusted = bundle.replaceAll(' CERTIFICATE', ' TRUSTED CERTIFICATE');
      for (const text of [bundle, trusted]) await assertWorks(network({ caFile: file('ca.pem', text) }), near(server));
    });

    it('trusts no other authority', async () => {
      const server = await startServer(stranger.issue());
      await assertFails(network({ caFile: caFile() }), near(server), {
        code: 'tls',
        nodeCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      });
    });

    const bad: [what: string, pem: Pem, nodeCode: string][] = [
      ['an expired certificate', authority.issueExpired(), 'CERT_HAS_EXPIRED'],
      ['a certificate for another name', authority.issueForAnotherName(), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ];
    for (const [what, pem, nodeCode] of bad) {
      it(`refuses ${what}, directly and through a proxy, whatever http.proxyStrictSSL and the environment say`, async () => {
        const server = await startServer(pem);
        const proxy = await proxied();
        const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0' };
        const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
        process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
        try {
          for (const ownProxy of ['', proxy.url]) {
            const net = network({ caFile: caFile(), ownProxy, proxyStrictSSL: false }, { env });
            await assertFails(net, ownProxy === '' ? near(server) : far(server), { code: 'tls', nodeCode });
          }
          await assertFails(network({}, { env }), near(await startServer()), {
            code: 'tls',
            nodeCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
          });
        } finally {
          if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
          else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
        }
        assert.ok(!proxy.seen().includes(canary));
      });
    }

    it('sends its certificate to a server that requires one, and not to the proxy', async () => {
      const clients = Authority.create('Acme People');
      const server = await startServer(authority.issue(), clients);
      const { cert, key } = clients.issue({ names: ['jane'] });
      const clientCertificate = { cert: file('me.pem', cert), key: file('me.key', key) };
      await assertWorks(network({ caFile: caFile(), clientCertificate }), near(server));
      const proxy = await proxied({ tls: authority.issue() });
      await assertWorks(network({ caFile: caFile(), clientCertificate, ownProxy: proxy.url }), far(server));
      assert.equal(proxy.certificates(), 0);
      // undici, also in the host's fetch, hides that the server requires a certificate
      await assertFails(network({ caFile: caFile() }), near(server), {
        code: 'unreachable',
        nodeCode: 'UND_ERR_SOCKET',
      });
    });

    it('decrypts a key with the passphrase, and reports a missing or wrong one', async () => {
      const clients = Authority.create('Acme People');
      const server = await startServer(authority.issue(), clients);
      const { cert, key } = clients.issue({ names: ['jane'], passphrase: 'open sesame' });
      const settings = {
        caFile: caFile(),
        clientCertificate: { cert: file('me.pem', cert), key: file('me.key', key) },
      };
      await assertWorks(network(settings, { passphrase: 'open sesame' }), near(server));
      await assertFails(network(settings), near(server), { code: 'passphrase' });
      await assertFails(network(settings, { passphrase: 'wrong' }), near(server), { code: 'passphrase' });
    });

    it('streams over the same ways, with the same checks', async () => {
      const clients = Authority.create('Acme People');
      const { cert, key } = clients.issue({ names: ['jane'] });
      const server = await startServer(authority.issue(), clients);
      const proxy = await proxied({ tls: authority.issue(), credentials: 'jane:p@ss' });
      const ownProxy = proxy.url.replace('//', '//jane:p%40ss@');
      const clientCertificate = { cert: file('me.pem', cert), key: file('me.key', key) };
      const all = { caFile: caFile(), clientCertificate };
      const stream = async (settings: Partial<NetworkSettings>, url: string): Promise<string | TransportFailure> => {
        const body = ReadableStream.from([Buffer.from(canary), Buffer.from(canary)]) as AsyncIterable<Uint8Array>;
        const headers = [['Authorization', `Bearer ${canary}`]] as const;
        const request = { method: 'POST', url, headers, body };
        const answer = await network(settings).open(request, new AbortController().signal);
        return answer.kind === 'failure' ? answer : asText((await readBody(answer.body)) ?? new Uint8Array());
      };
      assert.equal(await stream(all, near(server)), `got ${2 * canary.length}`);
      assert.equal(await stream({ ...all, ownProxy }, far(server)), `got ${2 * canary.length}`);
      assert.ok(!proxy.seen().includes(canary));
      assert.equal(proxy.certificates(), 0);
      const failures: [Partial<NetworkSettings>, Omit<TransportFailure, 'kind'>][] = [
        [
          { ...all, ownProxy: proxy.url },
          { code: 'proxy', status: 407 },
        ],
        [{ ...all, ownProxy: 'jane:p@ss@proxy' }, { code: 'proxySetting' }],
        [
          { ...all, caFile: join(folder, 'none.pem') },
          { code: 'caFile', nodeCode: 'ENOENT' },
        ],
        [
          { ownProxy, clientCertificate },
          { code: 'proxy', nodeCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
        ],
      ];
      for (const [settings, failure] of failures) {
        assert.deepEqual(await stream(settings, far(server)), { kind: 'failure', ...failure });
      }
      const tls = { kind: 'failure', code: 'tls', nodeCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' };
      assert.deepEqual(await stream({}, near(server)), tls);
      assert.deepEqual(await stream({ fetchAdditionalSupport: false }, near(server)), tls);
    });

    it('reports which file cannot be used, and reads it again when it was corrected', async () => {
      const server = await startServer();
      const missing = join(folder, 'later.pem');
      const net = network({ caFile: missing });
      await assertFails(net, near(server), { code: 'caFile', nodeCode: 'ENOENT' });
      writeFileSync(missing, 'garbage');
      await assertFails(net, near(server), { code: 'caFile', nodeCode: 'NOT_A_CERTIFICATE' });
      writeFileSync(missing, authority.cert);
      await assertWorks(net, near(server));
      await assertFails(network({ caFile: 'ca.pem' }), near(server), { code: 'caFile', nodeCode: 'NOT_ABSOLUTE' });
      const garbage = { cert: file('me.pem', authority.cert), key: file('me.key', 'garbage') };
      await assertFails(network({ clientCertificate: garbage }), near(server), {
        code: 'clientCertificate',
        nodeCode: 'NOT_A_KEY',
      });
      await assertFails(network({ clientCertificate: { cert: garbage.cert, key: '' } }), near(server), {
        code: 'clientCertificate',
        nodeCode: 'NOT_SET',
      });
    });

    it('reads no file again because a server cut or refused a connection', async () => {
      const server = await startServer();
      const clients = Authority.create('Acme People').issue({ names: ['jane'] });
      const clientCertificate = { cert: file('me.pem', clients.cert), key: file('me.key', clients.key) };
      for (const settings of [{}, { clientCertificate }]) {
        const net = network({ caFile: caFile(), ...settings });
        await assertWorks(net, near(server));
        rmSync(join(folder, 'ca.pem'));
        await assertFails(net, near(server, '/cut'), { code: 'unreachable', nodeCode: 'UND_ERR_SOCKET' });
        await assertWorks(net, near(server));
      }
      const net = network({ caFile: caFile() });
      await assertFails(net, 'https://127.0.0.1:1/', { code: 'unreachable', nodeCode: 'ECONNREFUSED' });
      rmSync(join(folder, 'ca.pem'));
      await assertWorks(net, near(server));
    });

    it('reports an answer that is cut like one that is missing', async () => {
      const net = network({ caFile: caFile() });
      await assertFails(net, near(await startServer(), '/half'), { code: 'unreachable', nodeCode: 'UND_ERR_SOCKET' });
    });

    it('reads its certificate again after a server that wants another closed the connection', async () => {
      const clients = Authority.create('Acme People');
      const server = await startServer(authority.issue(), clients);
      const wrong = stranger.issue({ names: ['jane'] });
      const clientCertificate = { cert: file('me.pem', wrong.cert), key: file('me.key', wrong.key) };
      const net = network({ caFile: caFile(), clientCertificate });
      const refused = await send(net, near(server));
      assert.ok(refused.kind === 'failure', JSON.stringify(refused));
      const right = clients.issue({ names: ['jane'] });
      file('me.pem', right.cert);
      file('me.key', right.key);
      await assertWorks(net, near(server));
    });

    it('uses a proxy that sees CONNECT and nothing else', async () => {
      const server = await startServer();
      const proxy = await proxied();
      await assertWorks(network({ caFile: caFile(), ownProxy: proxy.url }), far(server));
      assert.deepEqual(proxy.requests, [`CONNECT auth.reltio.test:${port(server)}`]);
      for (const secret of [canary, Buffer.from(canary).toString('base64')]) {
        assert.ok(!proxy.seen().includes(secret));
      }
    });

    it('sends the proxy the password of its address or of http.proxyAuthorization', async () => {
      const server = await startServer();
      const proxy = await proxied({ credentials: 'jane:p@ss' });
      const ownProxy = proxy.url.replace('//', '//jane:p%40ss@');
      await assertWorks(network({ caFile: caFile(), ownProxy }), far(server));
      const proxyAuthorization = `Basic ${Buffer.from('jane:p@ss').toString('base64')}`;
      await assertWorks(network({ caFile: caFile(), proxy: proxy.url, proxyAuthorization }), far(server));
    });

    it('reports the status of a refused CONNECT', async () => {
      const server = await startServer();
      const locked = await proxied({ credentials: 'jane:right' });
      const net = network({ caFile: caFile(), ownProxy: locked.url });
      await assertFails(net, far(server), { code: 'proxy', status: 407 });
      for (const refuses of [403, 502] as const) {
        const proxy = await proxied({ refuses });
        await assertFails(network({ caFile: caFile(), ownProxy: proxy.url }), far(server), {
          code: 'proxy',
          status: refuses,
        });
      }
    });

    it('reports an unreachable proxy as a failure of the proxy', async () => {
      const gone = await startProxy();
      await gone.close();
      const url = 'https://auth.reltio.test/oauth/token';
      await assertFails(network({ ownProxy: gone.url }), url, { code: 'proxy', nodeCode: 'ECONNREFUSED' });
      const nowhere = await send(network({ ownProxy: 'http://proxy.invalid:1' }), url);
      assert.ok(nowhere.kind === 'failure' && nowhere.code === 'proxy', JSON.stringify(nowhere));
      await assertFails(network({ ownProxy: 'proxy.acme.com:8080' }), url, { code: 'proxySetting' });
    });

    it('reports the proxy setting when VS Code parsed part of the password as its host', async () => {
      const genuine = globalThis.fetch;
      cleanUp.push(() => {
        globalThis.fetch = genuine;
      });
      const cause = Object.assign(new Error(), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: 'jane' });
      globalThis.fetch = () => Promise.reject(new TypeError('fetch failed', { cause }));
      const url = 'https://auth.reltio.test/oauth/token';
      await assertFails(network({ proxy: 'http://jane:20#24@proxy.acme.com:8080' }), url, { code: 'proxySetting' });
      await assertFails(network({ proxy: 'http://proxy.acme.com:8080' }), url, {
        code: 'proxy',
        nodeCode: 'ENOTFOUND',
      });
      cause.hostname = 'auth.reltio.test';
      await assertFails(network({ proxy: 'http://jane:20#24@p' }), url, { code: 'dns', nodeCode: 'ENOTFOUND' });
    });

    it('verifies the TLS of the proxy unless http.proxyStrictSSL is off', async () => {
      const server = await startServer();
      const proxy = await proxied({ tls: stranger.issue() });
      const settings = { caFile: caFile(), proxy: proxy.url };
      await assertFails(network(settings), far(server), {
        code: 'proxy',
        nodeCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      });
      await assertWorks(network({ ...settings, proxyStrictSSL: false }), far(server));
      for (const misnamed of [authority.issueForAnotherName(), authority.issue({ names: ['*.reltio.test'] })]) {
        const { url } = await proxied({ tls: misnamed });
        await assertFails(network({ ...settings, proxy: url }), far(server), {
          code: 'proxy',
          nodeCode: 'ERR_TLS_CERT_ALTNAME_INVALID',
        });
      }
      const own = await proxied({ tls: authority.issue({ names: ['proxy.example'], addresses: ['127.0.0.1'] }) });
      await assertWorks(network({ ...settings, proxy: own.url }), far(server));
    });

    it('follows no redirect, reads no huge answer, ends on the signal, and sends nothing to an untrusted host', async () => {
      const server = await startServer();
      const net = network({ caFile: caFile() });
      const redirect = await send(net, near(server, '/elsewhere'));
      assert.ok(redirect.kind === 'response' && redirect.status === 302);
      await assertFails(net, near(server, '/huge'), { code: 'tooLarge' });
      const stop = new AbortController();
      const hanging = send(net, near(server, '/hang'), stop.signal);
      setTimeout(() => {
        stop.abort();
      }, 50);
      assert.deepEqual(await hanging, { kind: 'failure', code: 'cancelled' });
      await assertWorks(net, near(server));
      await assertFails(network({ caFile: caFile() }, { trusted: false }), near(server), { code: 'untrustedHost' });
      await assertFails(network({ caFile: caFile() }, { trusted: false }), 'nonsense', { code: 'untrustedHost' });
    });
  });

  it('reports unknown names and closed ports as the host does', async () => {
    const gone = await startProxy();
    await gone.close();
    for (const settings of [{}, { fetchAdditionalSupport: false }]) {
      const unknown = await send(network(settings), 'https://auth.reltio.invalid/');
      assert.ok(unknown.kind === 'failure' && unknown.code === 'dns', JSON.stringify(unknown));
      const closed = `https://127.0.0.1:${gone.port}/`;
      await assertFails(network(settings), closed, { code: 'unreachable', nodeCode: 'ECONNREFUSED' });
    }
  });

  it('uses the current settings, and keeps no connection of earlier ones', async () => {
    const server = await startServer();
    const strangers = file('strangers.pem', stranger.cert);
    let settings = { ...defaultNetworkSettings, caFile: strangers };
    const net = new Network({
      userAgent: 'reltio-auth/1 test',
      mayReceiveSecrets: () => Promise.resolve(true),
      settings: () => settings,
      passphrase: () => Promise.resolve(undefined),
      env: {},
      onChoice: () => undefined,
    });
    const unverified = { code: 'tls', nodeCode: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } as const;
    await assertFails(net, near(server), unverified);
    settings = { ...settings, caFile: caFile() };
    await assertWorks(net, near(server));
    settings = { ...settings, caFile: strangers };
    await assertFails(net, near(server), unverified);
    net.dispose();
  });

  it('reports a choice once, and again when it changes', async () => {
    const choices: string[] = [];
    let settings = defaultNetworkSettings;
    const net = new Network({
      userAgent: '',
      mayReceiveSecrets: () => Promise.resolve(true),
      settings: () => settings,
      passphrase: () => Promise.resolve(undefined),
      env: {},
      onChoice: (_host, { client, why }) => choices.push(`${client} ${why}`),
    });
    await send(net, 'https://127.0.0.1:1/');
    await send(net, 'https://127.0.0.1:1/');
    settings = { ...settings, caFile: '/nowhere' };
    await send(net, 'https://127.0.0.1:1/');
    settings = defaultNetworkSettings;
    await send(net, 'https://127.0.0.1:1/');
    assert.deepEqual(choices, ['host usual', 'explicit caFile', 'host usual']);
  });

  describe('a URL that contains a secret', () => {
    const usual = globalThis.fetch;
    const fetched: unknown[] = [];
    beforeEach(() => {
      fetched.length = 0;
      globalThis.fetch = (...args) => {
        fetched.push(args[0]);
        return usual(...args);
      };
    });
    afterEach(() => {
      globalThis.fetch = usual;
    });
    const revoke = async (net: Network, url: string): Promise<HttpResponse | TransportFailure> =>
      await net.send(
        { method: 'POST', url: `${url}?token=${canary}`, headers: {}, body: '', secretInUrl: true },
        new AbortController().signal,
      );

    it('is requested by our own client even if no setting requires it, and never by the host’s fetch', async () => {
      const server = await startServer();
      const choices: string[] = [];
      const answer = await revoke(network({}, { choices }), near(server));
      assert.ok(answer.kind === 'failure' && answer.code === 'tls', 'our own client knows no private authority');
      assert.deepEqual(fetched, []);
      assert.ok(!choices.join().includes(canary));
    });

    it('is requested through the proxy of the settings', async () => {
      const server = await startServer();
      const proxy = await proxied();
      const net = network({ proxy: `http://localhost:${proxy.port}`, caFile: caFile() });
      const answer = await revoke(net, far(server));
      assert.equal(answer.kind === 'response' ? answer.body : JSON.stringify(answer), 'got 0');
      assert.deepEqual(fetched, []);
    });
  });
});
