import assert from 'node:assert/strict';
import { settle } from '../../fakes/fakeClock';
import { RawConnection, sendRaw } from '../../fakes/rawConnection';
import { openRecordingProxy, type RawRequest, type RecordingProxy } from '../../fakes/recordingProxy';

/** What a web page, a broken client or another program on this machine can send to the port, byte by byte. */
describe('the local proxy, attacked', () => {
  let proxy: RecordingProxy;
  beforeEach(async () => {
    proxy = await openRecordingProxy();
  });
  afterEach(() => proxy.close(0));

  const send = (text: string): Promise<RawConnection> => sendRaw('127.0.0.1', proxy.port, text);
  const last = ['Connection: close'];
  const post = (headers: readonly string[], body: string): string =>
    proxy.request('/x', { method: 'POST', headers, body });

  /** It was refused with this code, nothing was forwarded, and the next client is served. */
  async function refuses(text: string, code: string): Promise<RawConnection> {
    const { received, ...connection } = await send(text);
    const what = `${JSON.stringify(text.slice(0, 300))} → ${received}`;
    assert.deepEqual(
      [...received.matchAll(/^X-Reltio-Local-Proxy: (\w+)\r$/gm)].map(([, answer]) => answer),
      [code],
      what,
    );
    assert.match(received, /\r\nContent-Type: text\/plain; charset=utf-8\r\n/);
    assert.match(received, /\r\nCache-Control: no-store\r\n/);
    assert.match(received, /\r\n\r\n[A-Z][^\r\n]+\.\n$/, what);
    assert.deepEqual(proxy.admitted, [], what);
    assert.ok(!received.includes(proxy.key));
    return Object.assign(connection, { received }) as unknown as RawConnection;
  }
  const stillServes = async (): Promise<void> => {
    assert.equal((await send(proxy.request('/after', { headers: last }))).status, 200);
    assert.equal(proxy.admitted.at(-1)?.target, '/after');
  };

  it('lets no web page in whose own name points to this machine', async () => {
    const names = [
      'attacker.example',
      'attacker.example:PORT',
      '127.0.0.1.attacker.example:PORT',
      'user@127.0.0.1:PORT',
    ];
    const others = [
      'localhost.:PORT',
      '127.0.0.1',
      '127.0.0.1:1',
      '[::1]:PORT',
      '',
      '127.0.0.1:PORT, attacker.example',
    ];
    for (const name of [...names, ...others]) {
      const host = `Host: ${name.replace('PORT', String(proxy.port))}`;
      const request = proxy.request('/x', { headers: last });
      await refuses(request.replace(/^Host: .*$/m, host), 'host');
      await refuses(request.replace(/^(Host: .*)$/m, `$1\r\n${host}`), 'host');
      await refuses(request.replace(/^(Host: .*)$/m, `${host}\r\n$1`), 'host');
    }
    for (const version of ['1.0', '1.1']) {
      await refuses(proxy.request('/x', { version, headers: last }).replace(/^Host: .*\r\n/m, ''), 'host');
    }
    await stillServes();
  });

  it('lets no web page in that calls it by its own name', async () => {
    const port = String(proxy.port);
    for (const origin of ['null', 'https://attacker.example', `http://127.0.0.1:${port}`, `http://localhost:${port}`]) {
      await refuses(proxy.request('/x', { headers: [`Origin: ${origin}`, ...last] }), 'origin');
      await refuses(proxy.request('/x', { method: 'OPTIONS', headers: [`Origin: ${origin}`, ...last] }), 'origin');
    }
    const form = [`Origin: null`, 'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 3'];
    await refuses(post([...form, ...last], 'a=b'), 'origin');
    for (const site of ['cross-site', 'same-site', 'same-origin']) {
      await refuses(proxy.request('/x', { headers: [`Sec-Fetch-Site: ${site}`, ...last] }), 'origin');
    }
    // above Node's usual limit of headers, later ones are left out without a word
    await refuses(
      proxy.request('/x', { headers: [...Array<string>(2_500).fill('a:'), 'Origin: null', ...last] }),
      'origin',
    );
    await stillServes();
  });

  it('forwards no path that leaves its environment, in any spelling', async () => {
    const paths = [
      ...['/..', '/../test/x', '/a/../../test', '/%2e%2e/x', '/.%2E/x', '/..%2ftest', '/%2e%2e%5ctest', '/..;/x'],
      ...['/\\..\\x', '/a\\b', '/%00', '/a%0d%0ab', '/a#b', '/%252e%252e%252fx', '/\x01', '/\x7f', '/\u00fc', '/a b'],
    ];
    for (const path of paths) await refuses(proxy.request(path, { headers: last }), 'target');
    await refuses(proxy.request('/x\0y', { headers: last }), 'target');
    await stillServes();
  });

  it('is no HTTP proxy, and has nothing beside /<key>/', async () => {
    const asProxy = (target: string): string =>
      proxy.request('/x', { headers: last }).replace(/\/\S+(?= HTTP)/, target);
    await refuses(asProxy('http://attacker.example/'), 'absoluteTarget');
    await refuses(asProxy(`http://127.0.0.1:${proxy.port}/${proxy.key}/dev/x`), 'absoluteTarget');
    await refuses(asProxy('*'), 'target');
    for (const target of [
      '/',
      `//${proxy.key}/dev/x`,
      `/../${proxy.key}/dev/x`,
      '//attacker.example/x',
      '/favicon.ico',
    ]) {
      await refuses(asProxy(target), 'key');
    }
    await refuses(asProxy('x'), 'target');
    await refuses(asProxy('/.well-known/oauth-authorization-server'), 'noOAuth');
    for (const host of ['attacker.example:443', `127.0.0.1:${proxy.port}`]) {
      await refuses(`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, 'connect');
    }
    await stillServes();
  });

  const smuggled = 'GET /smuggled HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n';
  const malformed: Readonly<Record<string, () => string>> = {
    'two lengths': () => post(['Content-Length: 0', `Content-Length: ${smuggled.length}`], smuggled),
    'the same length twice': () => post(['Content-Length: 3', 'Content-Length: 3'], 'abc'),
    'a list of lengths': () => post(['Content-Length: 3, 3'], 'abc'),
    'a signed length': () => post(['Content-Length: +3'], 'abc'),
    'a length in hexadecimal': () => post(['Content-Length: 0x3'], 'abc'),
    'a negative length': () => post(['Content-Length: -1'], 'abc'),
    'a length and chunks': () => post(['Content-Length: 5', 'Transfer-Encoding: chunked'], `0\r\n\r\n${smuggled}`),
    'chunks and a length': () => post(['Transfer-Encoding: chunked', 'Content-Length: 5'], `0\r\n\r\n${smuggled}`),
    'chunks twice': () => post(['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    'chunks that are not last': () => post(['Transfer-Encoding: chunked, gzip'], '0\r\n\r\n'),
    'chunks that are compressed': () => post(['Transfer-Encoding: gzip, chunked', ...last], '0\r\n\r\n'),
    'nearly chunked': () => post(['Transfer-Encoding: xchunked'], '0\r\n\r\n'),
    'chunked, with a vertical tab': () => post(['Transfer-Encoding: \x0bchunked'], '0\r\n\r\n'),
    'a space before the colon': () => post(['Transfer-Encoding : chunked'], '0\r\n\r\n'),
    'chunks in HTTP/1.0': () =>
      proxy.request('/x', {
        method: 'POST',
        version: '1.0',
        headers: ['Transfer-Encoding: chunked'],
        body: '0\r\n\r\n',
      }),
    'a folded header': () => proxy.request('/x', { headers: ['X-A: b', ' Origin: null'] }),
    'a folded transfer coding': () => post(['Transfer-Encoding:', ' chunked'], '0\r\n\r\n'),
    'a header that begins with a space': () => proxy.request('/x', { headers: [' X-A: b'] }),
    'a bare LF between headers': () => proxy.request('/x', { headers: ['X-A: b\nOrigin: null'] }),
    'a bare CR in a header': () => proxy.request('/x', { headers: ['X-A: b\rOrigin: null'] }),
    'lines that end in LF': () => proxy.request('/x').replaceAll('\r\n', '\n'),
    'a NUL in a header': () => proxy.request('/x', { headers: ['X-A: b\0c'] }),
    'a header without a name': () => proxy.request('/x', { headers: [': b'] }),
    'a header without a colon': () => proxy.request('/x', { headers: ['Origin'] }),
    'a chunk size that is none': () => post(['Transfer-Encoding: chunked'], 'zz\r\n\r\n'),
    'a chunk size of more than 64 bits': () => post(['Transfer-Encoding: chunked'], `1${'0'.repeat(16)}\r\n`),
    'HTTP/2': () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    'HTTP/1.2': () => proxy.request('/x', { version: '1.2' }),
    'HTTP/2.0 as text': () => proxy.request('/x', { version: '2.0', headers: last }),
    'no HTTP': () => 'SSH-2.0-OpenSSH_9.6\r\n',
    TLS: () => '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03',
  };
  for (const [name, text] of Object.entries(malformed)) {
    it(`forwards nothing of a request with ${name}`, async () => {
      const { received } = await send(text());
      const codes = [...received.matchAll(/^X-Reltio-Local-Proxy: (\w+)\r$/gm)].map(([, code]) => code);
      assert.ok(codes.length === 1 && ['badRequest', 'target'].includes(codes[0] ?? ''), received);
      assert.match(received, /^HTTP\/1\.1 400 Bad Request\r\n/);
      assert.match(received, /\r\nConnection: close\r\n/);
      assert.deepEqual(
        proxy.admitted.filter(({ target }) => target !== '/x'),
        [],
      );
      await stillServes();
    });
  }

  it('knows a method that the parser does not, and forwards neither that nor one that shows headers', async () => {
    const methods = ['TRACE', 'FOO', 'foo', 'PROPFIND', 'QUERY'];
    for (const method of methods) await refuses(proxy.request('/x', { method, headers: last }), 'method');
    await stillServes();
  });

  it('speaks HTTP only, whatever it is offered', async () => {
    const upgrade = (protocol: string): RawRequest => ({ headers: ['Connection: Upgrade', `Upgrade: ${protocol}`] });
    for (const protocol of ['websocket', 'h2c, websocket', 'foo/2'])
      await refuses(proxy.request('/x', upgrade(protocol)), 'upgrade');
    for (const protocol of ['h2c', 'TLS/1.0']) {
      const connection = (await RawConnection.open('127.0.0.1', proxy.port)).send(
        proxy.request('/x', upgrade(protocol)),
      );
      await connection.receives('HTTP/1.1 200 OK\r\n');
      connection.send(proxy.request('/next', { headers: last }));
      await connection.closed;
      assert.equal(connection.received.split('HTTP/1.1 200 OK\r\n').length, 3);
    }
    await stillServes();
  });

  it('says that headers of 64 KB, or an address of 64 KB, are too large', async () => {
    const long = 'a'.repeat(64 * 1024);
    for (const text of [proxy.request('/x', { headers: [`X-A: ${long}`] }), proxy.request(`/${long}`)]) {
      const { status } = await refusesUnread(text);
      assert.equal(status, 431);
    }
    await refusesUnread(proxy.request('/x', { headers: Array<string>(8_000).fill('a: bcdef') }));
    assert.equal((await send(proxy.request(`/${'a'.repeat(30_000)}`, { headers: last }))).status, 200, 'a long filter');
    await stillServes();
  });
  async function refusesUnread(text: string): Promise<RawConnection> {
    const connection = await send(text);
    assert.match(connection.received, /\r\nX-Reltio-Local-Proxy: headersTooLarge\r\n/);
    return connection;
  }

  it('lets an answer end before it closes a connection on which no request follows', async () => {
    const { received } = await send(`${proxy.request('/first')}GARBAGE\r\n\r\n`);
    assert.match(received, /^HTTP\/1\.1 200 OK\r\n/);
    assert.equal(received.match(/HTTP\/1\.1 /g)?.length, 1);
    assert.equal((await send(`${proxy.request('/second', { headers: last })}\r\n\r\n`)).status, 200);
    await stillServes();
  });

  it('survives clients that reset their connection, whatever they have sent', async () => {
    const texts = ['', 'GET /', 'CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\n\r\n', 'junk\r\n\r\n', proxy.request('/x')];
    const upload = { method: 'PUT', headers: ['Content-Length: 9'], body: 'x' };
    for (const text of [
      ...texts,
      proxy.request('/x', upload),
      proxy.request('/x', upload).replace(proxy.key, 'wrong'),
    ]) {
      const connection = await RawConnection.open('127.0.0.1', proxy.port);
      connection.keepOpen().send(text);
      await Promise.race([connection.receives('\r\n\r\n'), arrived()]);
      connection.reset();
      await arrived();
    }
    await stillServes();
  });

  it('writes neither the key nor the path of any request to the log', async () => {
    await send(proxy.request('/s3cret', { headers: last }));
    await send(proxy.request('/s3cret', { headers: ['Origin: s3cret.example', ...last] }));
    await send('s3cret\r\n\r\n');
    assert.ok(proxy.log.lines.length > 0);
    assert.ok(!proxy.log.text.includes('s3cret') && !proxy.log.text.includes(proxy.key), proxy.log.text);
  });
});

/** What was written has come to the server, which is in this process. */
async function arrived(): Promise<void> {
  for (let times = 0; times < 5; times += 1) await settle();
}
