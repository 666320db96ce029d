import assert from 'node:assert/strict';
import http from 'node:http';
import https, { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import { peerCertificates } from '../../../../src/core/network/tls/peerCertificates';
import { ProxyConnectionError } from '../../../../src/core/network/transportError';
import { Authority } from '../../../fakes/authority';
import { busyConnections } from '../../../fakes/busyConnections';
import { startProxy, type TestProxy } from '../../../fakes/proxy';

describe('the certificates of a server, read past the proxies of VS Code', () => {
  const authority = Authority.create('Acme');
  const stranger = Authority.create('Stranger');
  const secureContext = createSecureContext({ ca: authority.cert });
  const trust = { material: { servers: secureContext, proxy: secureContext }, proxyStrictSSL: true };
  const server = createServer(authority.issue({ names: ['*.reltio.test'] }), (_, response) => response.end());
  let address: URL;
  let proxy: TestProxy | undefined;

  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = new URL(`https://auth.reltio.test:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => proxy?.close());
  after(() => server.close());
  // VS Code replaces these functions in the modules themselves
  const [{ request: plainRequest }, { request }] = [http, https];
  beforeEach(() => {
    https.request = http.request = () => assert.fail("VS Code's way");
  });
  afterEach(() => {
    https.request = request;
    http.request = plainRequest;
  });

  it('are read without a proxy', async () => {
    const choice = { client: 'explicit', why: 'caFile', route: { kind: 'direct' } } as const;
    const here = new URL(`https://127.0.0.1:${address.port}`);
    const found = await peerCertificates(here, choice, trust, AbortSignal.timeout(20_000));
    assert.deepEqual([found?.issuer, found?.problem], ['Acme', 'ERR_TLS_CERT_ALTNAME_INVALID']);
  });

  const read = async (tls: { cert: string; key: string }, host = '127.0.0.1', of = address) => {
    proxy = await startProxy({ tls });
    const route = {
      kind: 'proxy',
      proxy: { origin: `https://${host}:${proxy.port}`, host, secure: true, authorization: undefined },
    } as const;
    return await peerCertificates(
      of,
      { client: 'explicit', why: 'ownProxy', route },
      trust,
      AbortSignal.timeout(20_000),
    );
  };

  it('are read where the proxy has a certificate for its own name alone', async () => {
    const found = await read(authority.issue({ names: ['localhost'] }), 'localhost');
    assert.deepEqual([found?.issuer, found?.problem], ['Acme', undefined]);
  });

  it('are read where the proxy has a certificate for its own address alone', async () => {
    const found = await read(authority.issue({ names: ['proxy.example'], addresses: ['127.0.0.1'] }));
    assert.deepEqual([found?.issuer, found?.problem], ['Acme', undefined]);
  });

  it('are read over a slow connection, also where another address cannot be reached', async () => {
    const stop = busyConnections(400);
    try {
      const choice = { client: 'explicit', why: 'caFile', route: { kind: 'direct' } } as const;
      const found = await peerCertificates(address, choice, trust, AbortSignal.timeout(20_000));
      assert.deepEqual([found?.issuer, found?.problem], ['Acme', undefined]);
      const behind = await read(authority.issue({ names: ['proxy.reltio.test'] }), 'proxy.reltio.test');
      assert.deepEqual([behind?.issuer, behind?.problem], ['Acme', undefined]);
    } finally {
      stop();
    }
  });

  it('are those of the address of the server, if it has no name, and not of the proxy', async () => {
    const numbered = createServer(authority.issue({ names: [], addresses: ['127.0.0.1'] }), (_, response) =>
      response.end(),
    );
    await new Promise<void>((resolve) => numbered.listen(0, '127.0.0.1', resolve));
    const here = new URL(`https://127.0.0.1:${(numbered.address() as AddressInfo).port}`);
    try {
      for (const host of ['localhost', '127.0.0.1']) {
        const found = await read(authority.issue({ names: ['localhost'], addresses: ['127.0.0.1'] }), host, here);
        assert.deepEqual([found?.issuer, found?.problem], ['Acme', undefined], host);
        await proxy?.close();
      }
    } finally {
      numbered.close();
    }
  });

  it("are not read where the proxy has the server's name and not its own, or an unknown authority", async () => {
    await assert.rejects(
      read(authority.issue({ names: ['auth.reltio.test'] }), 'localhost'),
      ({ cause }) => (cause as { code?: string }).code === 'ERR_TLS_CERT_ALTNAME_INVALID',
    );
    await proxy?.close();
    await assert.rejects(read(stranger.issue(), 'localhost'), ProxyConnectionError);
  });

  it('are not waited for where the server switches to another protocol', async () => {
    const switching = createTlsServer(authority.issue({ names: [], addresses: ['127.0.0.1'] }), (socket) =>
      socket.once('data', () => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')),
    );
    await new Promise<void>((resolve) => switching.listen(0, '127.0.0.1', resolve));
    const here = new URL(`https://127.0.0.1:${(switching.address() as AddressInfo).port}`);
    const choice = { client: 'explicit', why: 'caFile', route: { kind: 'direct' } } as const;
    try {
      await assert.rejects(peerCertificates(here, choice, trust, AbortSignal.timeout(20_000)), /No answer/);
    } finally {
      switching.close();
    }
  });
});
