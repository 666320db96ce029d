import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { isFailure } from '../../../src/core/base/failure';
import { openProxyServer, type Forward } from '../../../src/core/localProxy/proxyServer';
import { refusal } from '../../../src/core/localProxy/refusal';
import { FakeClock, settle } from '../../fakes/fakeClock';
import { RawConnection, sendRaw } from '../../fakes/rawConnection';
import { openRecordingProxy, type RecordingProxy } from '../../fakes/recordingProxy';

const last = ['Connection: close'];

/** A forwarder whose requests wait until the test lets them go. */
function gate(): { forward: Forward; open: () => void; waiting: () => Promise<void> } {
  let open: () => void = () => undefined;
  let arrive: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  return {
    forward: async (_admitted, request, response) => {
      arrive();
      await opened;
      if (!response.headersSent && !response.destroyed) response.end(request.method);
    },
    open: () => {
      open();
    },
    waiting: () => arrived,
  };
}

describe('the server of the local proxy', () => {
  let proxy: RecordingProxy;
  const opened = async (forward?: Forward, clock?: FakeClock): Promise<RecordingProxy> =>
    (proxy = await openRecordingProxy(forward, clock));
  afterEach(async () => {
    proxy.endConnections(); // nothing then waits for a clock that stands still
    await settle();
    await proxy.close(0);
  });
  const connect = (): Promise<RawConnection> => RawConnection.open('127.0.0.1', proxy.port);
  const send = (text: string): Promise<RawConnection> => sendRaw('127.0.0.1', proxy.port, text);

  describe('serves', () => {
    it('several requests over one connection, in HTTP/1.0 too where the client asks for it', async () => {
      await opened();
      for (const [version, headers] of [
        ['1.1', []],
        ['1.0', ['Connection: keep-alive']],
      ] as const) {
        const connection = await connect();
        for (const body of ['a', 'b']) {
          connection.send(
            proxy.request('/x', { method: 'POST', version, headers: [...headers, 'Content-Length: 1'], body }),
          );
          await connection.receives(`\r\n\r\n${body}`);
        }
        connection.destroy();
      }
      assert.equal((await send(proxy.request('/x', { version: '1.0' }))).status, 200);
    });

    it('with a keep-alive time that is longer than clients keep their connections', async () => {
      await opened();
      const connection = (await connect()).send(proxy.request('/x'));
      await connection.receives('\r\n\r\n');
      const [, seconds] = /\r\nKeep-Alive: timeout=(\d+)\r\n/.exec(connection.received) ?? [];
      assert.ok(Number(seconds) >= 60, connection.received);
      connection.destroy();
    });

    it('requests that arrive together one after the other, in their order', async () => {
      const order: string[] = [];
      await opened(async (admitted, request, response) => {
        order.push(`begin ${admitted.target}`);
        request.resume();
        await settle();
        order.push(`end ${admitted.target}`);
        response.end(admitted.target);
      });
      const { received } = await send(
        proxy.request('/1', { method: 'POST', headers: ['Content-Length: 1'], body: 'x' }) +
          proxy.request('/2') +
          proxy.request('/3', { headers: last }),
      );
      assert.deepEqual(order, ['begin /1', 'end /1', 'begin /2', 'end /2', 'begin /3', 'end /3']);
      assert.deepEqual(received.match(/^\/\d/gm), ['/1', '/2', '/3']);
    });

    it('nothing that follows a request after which the connection closes', async () => {
      await opened();
      const refused = proxy.request('/1', {
        method: 'POST',
        headers: ['Origin: null', 'Content-Length: 1'],
        body: 'x',
      });
      const { received } = await send(refused + proxy.request('/2', { method: 'DELETE' }));
      assert.equal(received.match(/HTTP\/1\.1 /g)?.length, 1);
      assert.deepEqual(proxy.admitted, []);
    });

    it('an answer to its end, if no request follows, and then closes the connection', async () => {
      let end: () => void = () => undefined;
      await opened(async (_admitted, _request, response) => {
        response.write('half');
        await new Promise<void>((resolve) => (end = resolve));
        response.end('whole');
      });
      const connection = (await connect()).send(proxy.request('/x'));
      await connection.receives('half');
      connection.send('GARBAGE\r\n\r\n');
      await arrived();
      end();
      await connection.closed;
      assert.ok(connection.received.endsWith('whole\r\n0\r\n\r\n'), connection.received);
    });

    it('a client that waits for 100 Continue, and lets it send only what is forwarded', async () => {
      await opened();
      const expecting = { method: 'PUT', headers: ['Expect: 100-continue', 'Content-Length: 3', ...last] };
      const connection = (await connect()).send(proxy.request('/x', expecting));
      await connection.receives('HTTP/1.1 100 Continue\r\n\r\n');
      connection.send('abc');
      await connection.closed;
      assert.match(connection.received, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n[^]*\r\n\r\nabc$/);
      const refused = await send(proxy.request('/x', expecting).replace(proxy.key, 'wrong'));
      assert.match(refused.received, /^HTTP\/1\.1 401 Unauthorized\r\n/);
    });

    it('what the forwarder refuses, with the sentence as its body', async () => {
      await opened(async (_admitted, _request, _response, refuse) => {
        refuse(refusal('stopping'));
        refuse(refusal('key'));
      });
      const answer = await fetch(`${proxy.origin}/${proxy.key}/dev/x`);
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('x-reltio-local-proxy'), 'stopping');
      assert.equal(await answer.text(), `${refusal('stopping').sentence}\n`);
      assert.deepEqual(
        proxy.log.lines.map(({ fields }) => fields.refusal),
        ['stopping'],
        'said once',
      );
    });

    it('a refusal to HEAD without a body, and keeps the connection', async () => {
      await opened();
      const connection = (await connect()).send(proxy.request('/x', { method: 'HEAD' }).replace(proxy.key, 'wrong'));
      await connection.receives('\r\n\r\n');
      connection.send(proxy.request('/x', { headers: last }));
      await connection.closed;
      assert.match(
        connection.received,
        /^HTTP\/1\.1 401 [^]*\r\nWWW-Authenticate: Bearer\r\n[^]*\r\n\r\nHTTP\/1\.1 200 OK\r\n/,
      );
    });
  });

  describe('lets a client that is still sending see why it is refused:', () => {
    const body = Buffer.alloc(8 * 1024 * 1024, 'x');

    it('one that reads while it sends', async () => {
      await opened();
      const answer = await fetch(`${proxy.origin}/wrong/dev/x`, { method: 'POST', body });
      assert.equal(answer.status, 401);
      assert.match(await answer.text(), /Copy Local Proxy Address/);
    });

    it('one that reads only when all is sent', async () => {
      await opened();
      const connection = (await connect()).stopReading();
      const head = proxy.request('/x', { method: 'PUT', headers: ['Origin: null', `Content-Length: ${body.length}`] });
      await connection.sendAll(head + body.toString('latin1'));
      connection.startReading();
      await connection.closed;
      assert.equal(connection.status, 403);
    });

    it('but not for ever', async () => {
      const clock = new FakeClock();
      await opened(undefined, clock);
      const connection = await connect();
      connection
        .keepOpen()
        .send(proxy.request('/x', { method: 'PUT', headers: ['Origin: null', 'Content-Length: 9'] }));
      await connection.receives('\r\n\r\n');
      await clock.pass(5_000);
      connection.send('x'); // is reset, which we see when we write again
      await arrived();
      connection.send('x');
      await connection.closed;
      assert.equal(connection.status, 403);
    });
  });

  describe('survives a forwarder that', () => {
    it('throws: says so, and writes nothing of what was thrown', async () => {
      await opened(async () => Promise.reject(new Error('s3cret')));
      const answer = await fetch(`${proxy.origin}/${proxy.key}/dev/x`, { method: 'DELETE' });
      assert.equal(answer.status, 502);
      assert.ok(!(await answer.text()).includes('s3cret') && !proxy.log.text.includes('s3cret'));
      assert.equal(proxy.log.lines[0]?.event, 'local proxy: a request could not be forwarded');
    });

    it('throws in the middle of an answer, or leaves it there: the client sees that it is not complete', async () => {
      for (const end of [() => undefined, () => Promise.reject(new Error('x'))]) {
        await opened(async (_admitted, _request, response) => {
          response.write('half');
          await end();
        });
        await assert.rejects(fetch(`${proxy.origin}/${proxy.key}/dev/x`).then((answer) => answer.text()));
        await proxy.close(0);
      }
    });

    it('does not answer', async () => {
      await opened(async () => undefined);
      assert.equal((await fetch(`${proxy.origin}/${proxy.key}/dev/x`)).status, 502);
    });

    it('writes after the client has left', async () => {
      const { forward, open, waiting } = gate();
      let closed: Promise<unknown> = Promise.resolve();
      await opened(async (...args) => {
        closed = once(args[2], 'close');
        await forward(...args);
        args[2].write('x');
        args[2].end('x');
      });
      const connection = (await connect()).send(proxy.request('/x'));
      await waiting();
      connection.destroy();
      await closed;
      open();
      await settle();
    });
  });

  describe('closes', () => {
    it('after the requests in progress, and frees its port at once', async () => {
      const { forward, open, waiting } = gate();
      await opened(forward);
      const connection = (await connect()).send(proxy.request('/x'));
      await waiting();
      const done = proxy.close(5_000);
      const next = await openRecordingProxy(undefined, undefined, { wantedPort: proxy.port });
      assert.equal((await fetch(`${next.origin}/${next.key}/dev/x`)).status, 200);
      open();
      await done;
      await connection.closed;
      assert.match(connection.received, /^HTTP\/1\.1 200 OK\r\n[^]*\r\nConnection: close\r\n[^]*\r\n\r\nGET$/);
      await next.close(0);
    });

    it('with an answer to requests that take longer than the grace, and to those that come in it', async () => {
      const { forward, waiting } = gate();
      await opened(forward);
      const agent = new Agent({ keepAlive: true });
      const inProgress = (await connect()).send(proxy.request('/x'));
      const early = (await connect()).send(
        proxy.request('/y', { method: 'PUT', headers: ['Content-Length: 1'] }).slice(0, 20),
      );
      await waiting();
      const done = proxy.close(100);
      early.send(proxy.request('/y', { method: 'PUT', headers: ['Content-Length: 1'] }).slice(20));
      await done;
      for (const connection of [inProgress, early]) {
        await connection.closed;
        assert.equal(connection.status, 503, connection.received);
        assert.match(connection.received, /\r\nX-Reltio-Local-Proxy: stopping\r\n[^]*Connection: close\r\n/);
      }
      assert.equal(proxy.admitted.length, 1);
      agent.destroy();
    });

    it('and cuts answers that have begun, and connections without a request', async () => {
      await opened(async (_admitted, _request, response) => {
        response.write('event: 1\n\n');
        await once(response, 'close');
      });
      const [stream, unused] = [(await connect()).send(proxy.request('/x')), await connect()];
      await stream.receives('event');
      await proxy.close(0);
      await Promise.all([stream.closed, unused.closed]);
      assert.ok(!stream.received.includes('0\r\n\r\n'), 'the end of the answer would look like all of it');
    });

    it('twice, as well as once', async () => {
      await opened();
      await Promise.all([proxy.close(0), proxy.close(0)]);
      await proxy.close(0);
    });

    it('every connection when the key is replaced, and goes on with new ones', async () => {
      const { forward, waiting, open } = gate();
      await opened(forward);
      const [inProgress, unused] = [(await connect()).send(proxy.request('/x')), await connect()];
      await waiting();
      proxy.endConnections();
      await Promise.all([inProgress.closed, unused.closed]);
      assert.equal(inProgress.received, '');
      open();
      assert.equal((await fetch(`${proxy.origin}/${proxy.key}/dev/x`)).status, 200);
    });
  });

  it('closes the connection of a request that it cannot judge', async () => {
    await opened();
    const { port } = proxy;
    await proxy.close(0);
    const isKey = (): boolean => {
      throw new Error('x');
    };
    const server = await openProxyServer(port, {
      forward: async () => undefined,
      isKey,
      clock: new FakeClock(),
      log: proxy.log,
    });
    assert.equal((await send(proxy.request('/x'))).received, '');
    await server.close(0);
  });

  describe('opens', () => {
    it('no port that another program has', async () => {
      await opened();
      const other = createServer().listen(0, '127.0.0.1');
      await once(other, 'listening');
      const { port } = other.address() as { port: number };
      const parts = { forward: async () => undefined, isKey: () => false, clock: new FakeClock(), log: proxy.log };
      await assert.rejects(openProxyServer(port, parts), (error) => {
        assert.ok(isFailure(error));
        assert.deepEqual([error.code, error.port, error.nodeCode], ['localProxyPortTaken', port, 'EADDRINUSE']);
        return true;
      });
      other.close();
    });

    it('on this machine only', async () => {
      await opened();
      const elsewhere = await RawConnection.open('127.0.0.2', proxy.port).then(
        (connection) => {
          connection.destroy();
          return 'open';
        },
        () => 'closed',
      );
      assert.equal(elsewhere, 'closed');
    });
  });

  describe('ends a request that', () => {
    const ended = async (clock: FakeClock, connection: RawConnection): Promise<void> => {
      for (let times = 0; times < 6; times += 1) await clock.pass(30_000);
      await connection.closed;
    };

    it('stops in the middle of its body, though no upload is too long', async () => {
      const clock = new FakeClock();
      await opened(undefined, clock);
      const connection = (await connect()).send(
        proxy.request('/x', { method: 'PUT', headers: ['Content-Length: 90'] }),
      );
      for (let times = 0; times < 20; times += 1) {
        connection.send('x');
        await arrived();
        await clock.pass(60_000);
      }
      assert.equal(connection.received, '');
      await ended(clock, connection);
      assert.equal(connection.status, 408);
    });

    it('but not one that waits for us: for an answer, or until its body is read', async () => {
      const clock = new FakeClock();
      await opened(async (_admitted, _request, response) => {
        await once(response, 'close');
      }, clock);
      const waiting = (await connect()).send(proxy.request('/x'));
      const unread = (await connect()).send(
        proxy.request('/x', { method: 'PUT', headers: ['Content-Length: 900000'], body: 'x'.repeat(300_000) }),
      );
      await arrived();
      await clock.pass(60 * 60_000);
      for (const { received } of [waiting, unread]) assert.equal(received, '');
      for (const connection of [waiting, unread]) connection.destroy();
    });
  });

  it('is not confused by requests of Node that reuse a connection', async () => {
    await opened();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let times = 0; times < 50; times += 1) {
      const request = httpRequest(`${proxy.origin}/${proxy.key}/dev/x`, { agent, method: 'POST' }).end('abc');
      const [response] = (await once(request, 'response')) as [IncomingMessage];
      assert.equal(response.statusCode, 200);
      response.resume();
      await once(response, 'end');
    }
    agent.destroy();
  });
});

/** What was written has come to the server, which is in this process. */
async function arrived(): Promise<void> {
  for (let times = 0; times < 5; times += 1) await settle();
}
