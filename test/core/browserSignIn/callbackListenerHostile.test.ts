import assert from 'node:assert/strict';
import { listenForCallback, type CallbackListener } from '../../../src/core/browserSignIn/callbackListener';
import { freePort } from '../../../scripts/process/freePort';
import { FakeClock } from '../../fakes/fakeClock';
import { RawConnection, sendRaw } from '../../fakes/rawConnection';

/** What other programs, and web pages in the user's browser, can send to the port while a sign-in waits. */
describe('the listener for the browser, attacked', () => {
  let listener: CallbackListener;
  let port: number;
  let host: string;
  let asked: URLSearchParams[];

  beforeEach(async () => {
    port = await freePort();
    host = `localhost:${port}`;
    asked = [];
    listener = await listenForCallback(
      new URL(`http://${host}/back`),
      (query) => {
        asked.push(query);
        return query.get('state') === 'mine';
      },
      new AbortController().signal,
      new FakeClock(),
    );
  });
  afterEach(() => listener.close());

  const valid = '/back?code=good&state=mine';
  const request = (target: string, { method = 'GET', headers = [`Host: ${host}`], version = '1.1' } = {}): string =>
    `${[`${method} ${target} HTTP/${version}`, ...headers].join('\r\n')}\r\n\r\n`;
  const send = (text: string): Promise<RawConnection> => sendRaw('127.0.0.1', port, text);
  /** The sign-in still works, and only what the browser sends now is taken. */
  const stillWaits = async (): Promise<void> => {
    assert.equal((await send(request(valid))).status, 200);
    assert.equal((await listener.answer).get('code'), 'good');
  };

  describe('ignores a request for another host, as a name that points to this machine would send it:', () => {
    const hosts: readonly (readonly string[])[] = [
      [],
      ['Host:'],
      ['Host: localhost'],
      ['Host: attacker.example'],
      ['Host: attacker.example:PORT'],
      ['Host: 127.0.0.1:PORT'],
      ['Host: [::1]:PORT'],
      ['Host: localhost.:PORT'],
      ['Host: localhost:PORT.attacker.example'],
      ['Host: user@localhost:PORT'],
      ['Host: localhost:0PORT'],
      ['Host: localhost:PORT, attacker.example'],
      ['Host: attacker.example', 'Host: localhost:PORT'],
      ['Host: localhost:PORT', 'Host: attacker.example'],
      ['Host: attacker.example', 'X-Forwarded-Host: localhost:PORT'],
    ];
    for (const lines of hosts) {
      it(lines.join(' + ') || 'no Host', async () => {
        const headers = lines.map((line) => line.replace('PORT', String(port)));
        assert.equal((await send(request(valid, { headers }))).status, 400);
        assert.deepEqual(asked, []);
        await stillWaits();
      });
    }

    it('no Host, in HTTP/1.0', async () => {
      assert.equal((await send(request(valid, { headers: [], version: '1.0' }))).status, 400);
      await stillWaits();
    });
  });

  describe('waits for the visit itself if the browser loads the page ahead:', () => {
    for (const header of [
      'Sec-Purpose: prefetch',
      'Sec-Purpose: prefetch;prerender',
      'Purpose: prefetch',
      'X-Moz: prefetch',
      'X-Purpose: preview',
    ]) {
      it(header, async () => {
        const sent = await send(request(valid, { headers: [`Host: ${host}`, header] }));
        assert.equal(sent.status, 503);
        assert.deepEqual(asked, []);
        await stillWaits();
      });
    }
  });

  describe('ignores another path:', () => {
    const targets: readonly (readonly [target: string, status: number])[] = [
      ['/favicon.ico', 404],
      ['/', 404],
      ['/?code=good&state=mine', 404],
      ['/back/?code=good&state=mine', 404],
      ['//back?code=good&state=mine', 404],
      ['/x/../back?code=good&state=mine', 404],
      ['/%62ack?code=good&state=mine', 404],
      ['/Back?code=good&state=mine', 404],
      ['/back;x?code=good&state=mine', 404],
      ['/back#?code=good&state=mine', 404],
      ['/back', 400],
      ['/back?', 400],
      ['/back?code=good', 400],
      ['/back?code=good&state=', 400],
      ['/back?code=good&state=Mine', 400],
      ['/back?code=good&state=mine%00', 400],
      ['/back?code=good&%73tate=mine2', 400],
      ['/back?error=access_denied', 400],
    ];
    for (const [target, status] of targets) {
      it(target, async () => {
        assert.equal((await send(request(target))).status, status);
        await stillWaits();
      });
    }

    it('an address in place of a path, as a proxy receives it', async () => {
      assert.equal((await send(request(`http://${host}${valid}`))).status, 400);
      assert.equal((await send(request(`http://attacker.example${valid}`))).status, 400);
      assert.deepEqual(asked, []);
      await stillWaits();
    });
  });

  describe('ignores every method but GET:', () => {
    for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'QUERY']) {
      it(method, async () => {
        const answer = await send(request(valid, { method, headers: [`Host: ${host}`, 'Content-Length: 0'] }));
        if (method !== 'QUERY') {
          assert.equal(answer.status, 405);
          assert.match(answer.received, /\r\nAllow: GET\r\n/);
          assert.doesNotMatch(answer.received, /Access-Control/i);
        }
        assert.deepEqual(asked, []);
        await stillWaits();
      });
    }

    it('CONNECT', async () => {
      await send(request(host, { method: 'CONNECT' }));
      await stillWaits();
    });

    it('a method that does not exist', async () => {
      assert.equal((await send(request(valid, { method: 'GOT' }))).status, 400);
      await stillWaits();
    });
  });

  it('refuses a query of 1 MB and waits on', async () => {
    const answer = await send(request(`/back?code=${'x'.repeat(1_000_000)}&state=mine`));
    assert.ok(answer.status === undefined || answer.status === 431, String(answer.status));
    assert.deepEqual(asked, []);
    await stillWaits();
  });

  it('refuses 1 MB of headers and waits on', async () => {
    const headers = [`Host: ${host}`, `Cookie: ${'x'.repeat(1_000_000)}`];
    const answer = await send(request(valid, { headers }));
    assert.ok(answer.status === undefined || answer.status === 431, String(answer.status));
    assert.deepEqual(asked, []);
    await stillWaits();
  });

  it('accepts the long cookies that other programs on localhost leave in a browser, and a code of several KB', async () => {
    const headers = [`Host: ${host}`, `Cookie: ${'x'.repeat(30_000)}`];
    const code = 'c'.repeat(8_000);
    assert.equal((await send(request(`/back?code=${code}&state=mine`, { headers }))).status, 200);
    assert.equal((await listener.answer).get('code'), code);
  });

  it('answers 10,000 stray requests and waits on', async function () {
    this.timeout(60_000);
    const stray = [
      request('/favicon.ico'),
      request('/back?code=bad&state=theirs'),
      request(valid, { method: 'HEAD' }),
      request(valid, { headers: ['Host: attacker.example'] }),
    ];
    const statuses = new Map<number | undefined, number>();
    for (let sent = 0; sent < 10_000; sent += 40) {
      const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => send(stray[index % 4] ?? '')));
      for (const { status } of answers) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    assert.deepEqual(
      [...statuses].sort(([a = 0], [b = 0]) => a - b),
      [
        [400, 5_000],
        [404, 2_500],
        [405, 2_500],
      ],
    );
    await stillWaits();
  });

  it('answers one request a connection, however many are sent at once', async () => {
    const answer = await send(request('/back?state=theirs').repeat(10_000));
    assert.equal(asked.length, 1);
    assert.ok(answer.received.length < 5_000, String(answer.received.length));
    await stillWaits();
  });

  it('does not take the second request of a connection', async () => {
    const answer = await send(request('/favicon.ico') + request(valid));
    assert.equal(answer.status, 404);
    assert.deepEqual(asked, []);
    await stillWaits();
  });

  it('keeps no connection open, whatever the client asks for', async () => {
    const answer = await send(request('/favicon.ico', { headers: [`Host: ${host}`, 'Connection: keep-alive'] }));
    assert.match(answer.received, /\r\nConnection: close\r\n/);
  });

  it('switches to no other protocol', async () => {
    const headers = [`Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
    assert.equal((await send(request('/back?state=theirs', { headers }))).status, 400);
    await stillWaits();
  });

  for (const [what, text] of [
    ['no HTTP', 'hello\r\n\r\n'],
    ['the first bytes of TLS', '\x16\x03\x01\x02\x00\x01\x00'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['line ends of one character', 'GET /back?code=good&state=mine HTTP/1.1\nHost: localhost\n\n'],
    ['a header with a null byte', 'GET /back?code=good&state=mine HTTP/1.1\r\nHost: local\0host\r\n\r\n'],
    ['nothing', ''],
  ] as const) {
    it(`ends a connection that sends ${what}`, async () => {
      const connection = (await RawConnection.open('127.0.0.1', port)).send(text).finish();
      await connection.closed;
      assert.notEqual(connection.status, 200);
      assert.deepEqual(asked, []);
      await stillWaits();
    });
  }

  it('does not take a request with two lengths, which two servers would read differently', async () => {
    const headers = [`Host: ${host}`, 'Content-Length: 5', 'Transfer-Encoding: chunked'];
    assert.equal((await send(`${request('/favicon.ico', { headers })}0\r\n\r\n${request(valid)}`)).status, 400);
    assert.deepEqual(asked, []);
    await stillWaits();
  });

  it('ends slow connections, and lets the browser in while there are many of them', async function () {
    this.timeout(60_000);
    const slow: RawConnection[] = [];
    let ended = 0;
    for (let count = 0; count < 300; count++) {
      const connection = await RawConnection.open('127.0.0.1', port);
      void connection.closed.then(() => ended++);
      slow.push(count % 2 === 0 ? connection : connection.send(`GET ${valid} HTTP/1.1\r\nHost: ${host}\r\nX: `));
    }
    const drip = setInterval(() => {
      for (const connection of slow) connection.send('x');
    }, 200);
    try {
      assert.equal((await send(request('/back?state=theirs'))).status, 400);
      assert.ok(ended >= 200, `only ${ended} were ended to make room`);
      assert.ok(ended < 300, 'all were ended');
      await Promise.all(slow.map(({ closed }) => closed));
    } finally {
      clearInterval(drip);
    }
    assert.equal(asked.length, 1);
    await stillWaits();
  });

  it('takes one answer: of several that arrive at once, all but one find nobody', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        sendRaw('127.0.0.1', port, request(`/back?code=${index}&state=mine`)).catch(() => undefined),
      ),
    );
    assert.equal(answers.filter((answer) => answer?.status === 200).length, 1);
    const code = (await listener.answer).get('code');
    assert.equal(answers[Number(code)]?.status, 200);
  });

  it('ends every connection when it has its answer: idle, slow and unread ones', async () => {
    const idle = await RawConnection.open('127.0.0.1', port);
    const other = await RawConnection.open('::1', port);
    const slow = (await RawConnection.open('127.0.0.1', port)).send('GET /');
    const unread = (await RawConnection.open('127.0.0.1', port)).stopReading().send(request(valid));
    await listener.answer;
    await listener.close();
    await Promise.all([idle.closed, other.closed, slow.closed]);
    await assert.rejects(RawConnection.open('127.0.0.1', port));
    await assert.rejects(RawConnection.open('::1', port));
    unread.destroy();
  });

  it('ends every connection when the sign-in is cancelled', async () => {
    const idle = await RawConnection.open('127.0.0.1', port);
    const slow = (await RawConnection.open('::1', port)).send('GET /');
    await listener.close();
    await Promise.all([idle.closed, slow.closed]);
  });

  it('is not disturbed by clients that leave in the middle', async () => {
    for (const text of ['', 'GET /ba', request('/back?state=theirs'), request(valid, { method: 'POST' })]) {
      for (let count = 0; count < 20; count++) {
        (await RawConnection.open('127.0.0.1', port)).send(text).destroy();
      }
    }
    await stillWaits();
  });

  it('shows nothing of what was sent, on a page or in a header', async () => {
    const planted = 'pLanted';
    const targets = [
      `/back?state=theirs&x=${planted}`,
      `/${planted}`,
      `/back?error=${planted}&error_description=%3Cscript%3E${planted}%3C/script%3E%0d%0aX:${planted}&state=mine`,
    ];
    for (const target of targets) {
      const headers = [`Host: ${host}`, `Origin: https://${planted}`, `Cookie: ${planted}`, `Referer: /${planted}`];
      const { received } = await send(request(target, { headers }));
      assert.notEqual(received, '');
      assert.doesNotMatch(received, new RegExp(planted, 'i'));
    }
    assert.equal((await listener.answer).get('error'), planted);
  });
});
