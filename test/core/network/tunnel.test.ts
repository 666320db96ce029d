import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server } from 'node:net';
import * as tls from 'node:tls';
import { serverName, tunnel } from '../../../src/core/network/tunnel';
import { Authority } from '../../fakes/authority';

const authority = Authority.create('Acme Root');
const verification = { secureContext: tls.createSecureContext({ ca: [authority.cert] }), rejectUnauthorized: true };

describe('a tunnel', () => {
  let servers: Server[];
  beforeEach(() => {
    servers = [];
  });
  afterEach(() => {
    for (const server of servers) server.close();
  });

  async function origin(server: Server, secure = false, host = '127.0.0.1'): Promise<string> {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `${secure ? 'https' : 'http'}://${host}:${(server.address() as AddressInfo).port}`;
  }
  const through = (
    proxy: string,
    host = 'auth.reltio.test',
    authorization?: string,
    signal?: AbortSignal,
  ): ReturnType<typeof tunnel> =>
    tunnel(
      { host, port: 443 },
      { origin: proxy, host: '', secure: proxy.startsWith('https:'), authorization },
      verification,
      signal,
    );
  /** A proxy that answers CONNECT so, and remembers what it was asked. */
  const answering = (answer: string, seen: string[] = []): Server =>
    createServer((socket) => {
      socket
        .on('error', () => undefined)
        .once('data', (data) => {
          seen.push(data.toString());
          socket.end(answer);
        });
    });

  it('asks for host and port, with brackets around an IPv6 address, and sends the password', async () => {
    const seen: string[] = [];
    const proxy = await origin(answering('HTTP/1.1 200 OK\r\n\r\n', seen));
    (await through(proxy, 'auth.reltio.test', 'Basic abc')).destroy();
    (await through(proxy, '::1')).destroy();
    assert.match(seen[0] ?? '', /^CONNECT auth\.reltio\.test:443 HTTP\/1\.1\r\nhost: auth\.reltio\.test:443\r\n/i);
    assert.match(seen[0] ?? '', /\r\nproxy-authorization: Basic abc\r\n/i);
    assert.match(seen[1] ?? '', /^CONNECT \[::1\]:443 HTTP\/1\.1\r\nhost: \[::1\]:443\r\n/i);
    assert.doesNotMatch(seen[1] ?? '', /authorization/i);
  });

  it('passes on what arrived together with the answer', async () => {
    const socket = await through(await origin(answering('HTTP/1.1 200 OK\r\n\r\nfirst bytes')));
    assert.equal(Buffer.concat(await socket.toArray()).toString(), 'first bytes');
  });

  for (const answer of ['HTTP/1.1 407 Who?\r\n\r\n', 'HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n']) {
    it(`is refused with the status of the proxy: ${answer.slice(9, 12)}`, async () => {
      await assert.rejects(through(await origin(answering(answer))), {
        message: `Proxy response (${answer.slice(9, 12)})`,
      });
    });
  }

  it('fails as a failure of the proxy if that talks nonsense', async () => {
    await assert.rejects(through(await origin(answering('SSH-2.0-x\r\n'))), { name: 'ReltioProxyConnectionError' });
  });

  it('checks the certificate of the proxy for the name of the proxy, not for that of the server', async () => {
    for (const [name, isRight] of [
      ['localhost', true],
      ['auth.reltio.test', false],
    ] as const) {
      const server = tls.createServer(authority.issue({ names: [name] }), (socket) => {
        socket.on('error', () => undefined).once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      });
      const made = through(await origin(server, true, 'localhost'));
      if (isRight) (await made).destroy();
      else await assert.rejects(made, { name: 'ReltioProxyConnectionError' });
    }
  });

  it('ends with its signal', async () => {
    const stop = new AbortController();
    const made = through(await origin(createServer()), 'auth.reltio.test', undefined, stop.signal);
    stop.abort();
    await assert.rejects(made, { name: 'ReltioProxyConnectionError' });
  });

  it('names no address in the TLS handshake', () => {
    assert.equal(serverName('auth.reltio.com'), 'auth.reltio.com');
    for (const address of ['127.0.0.1', '::1']) assert.equal(serverName(address), '');
  });
});
