import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createRawServer, type AddressInfo, type Server as RawServer, type Socket } from 'node:net';
import { brotliCompressSync, createBrotliCompress, createGzip, gzipSync } from 'node:zlib';
import type { HeaderList, UpstreamRequest, UpstreamResponse } from '../../../src/core/localProxy/upstream';
import { Network } from '../../../src/core/network/network';
import { defaultNetworkSettings } from '../../../src/core/network/networkSettings';
import type { TransportFailure } from '../../../src/core/oauth/httpClient';

const MB = 1024 * 1024;

for (const client of ['host', 'explicit'] as const) {
  describe(`streams of the network, by the ${client} client`, () => {
    let cleanUp: (() => void)[];
    let rejections: unknown[];
    const note = (reason: unknown): void => {
      rejections.push(reason);
    };

    beforeEach(() => {
      cleanUp = [];
      rejections = [];
      process.on('unhandledRejection', note);
    });
    afterEach(async () => {
      for (const step of cleanUp.reverse()) step();
      await new Promise((resolve) => setImmediate(resolve));
      process.off('unhandledRejection', note);
      assert.deepEqual(rejections, []);
    });

    function network(mayReceiveSecrets = true): Network {
      const settings = { ...defaultNetworkSettings, fetchAdditionalSupport: client === 'host' };
      const made = new Network({
        userAgent: 'reltio-auth/1 test',
        mayReceiveSecrets: () => Promise.resolve(mayReceiveSecrets),
        settings: () => settings,
        passphrase: () => Promise.resolve(undefined),
        env: {},
        onChoice: (_host, choice) => {
          assert.equal(choice.client, client);
        },
      });
      cleanUp.push(() => {
        made.dispose();
      });
      return made;
    }

    async function listening(server: Server | RawServer): Promise<string> {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      cleanUp.push(() => {
        if ('closeAllConnections' in server) server.closeAllConnections();
        server.close();
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/canary-path?canary=query`;
    }
    const served = (listener: RequestListener): Promise<string> => listening(createServer(listener));
    const servedRaw = (listener: (socket: Socket) => void): Promise<string> =>
      listening(
        createRawServer((socket) => {
          socket.on('error', () => undefined);
          cleanUp.push(() => socket.destroy());
          listener(socket);
        }),
      );
    /** Answers each request with these bytes. */
    const answering = (...parts: (string | Buffer)[]): Promise<string> =>
      servedRaw((socket) =>
        socket.on('data', () => {
          for (const part of parts) socket.write(part, 'latin1');
        }),
      );

    async function open(
      url: string,
      { signal, net = network(), ...request }: Partial<UpstreamRequest> & { signal?: AbortSignal; net?: Network } = {},
    ): Promise<UpstreamResponse> {
      const answer = await attempt(net, { url, ...request }, signal);
      assert.ok(answer.kind === 'response', JSON.stringify(answer));
      return answer;
    }
    async function attempt(
      net: Network,
      request: Partial<UpstreamRequest> & { url: string },
      signal = new AbortController().signal,
    ): Promise<UpstreamResponse | TransportFailure> {
      const answer = await net.open({ method: 'GET', headers: [], ...request }, signal);
      if (answer.kind === 'failure') assert.doesNotMatch(JSON.stringify(answer), /canary|127\.0\.0\.1/);
      return answer;
    }

    it('sends method, path, query, headers and a streamed body, and tells the answer', async () => {
      let seen: IncomingMessage | undefined;
      const url = await served((request, response) => {
        seen = request;
        response.writeHead(201, 'Made', { 'x-answer': 'yes' });
        request.pipe(response);
      });
      const headers: HeaderList = [
        ['Authorization', 'Bearer canary'],
        ['X-Twice', 'one'],
        ['X-Twice', 'two'],
        ['X-Latin', 'Z\u00fcrich'],
      ];
      const answer = await open(url, { method: 'POST', headers, body: parts('some ', 'body') });
      assert.equal(answer.status, 201);
      assert.equal(valueOf(answer, 'x-answer'), 'yes');
      assert.equal(await text(answer), 'some body');
      assert.equal(`${seen?.method} ${seen?.url}`, 'POST /canary-path?canary=query');
      assert.equal(seen?.headers.authorization, 'Bearer canary');
      assert.equal(seen?.headers['x-twice'], 'one, two');
      assert.equal(seen?.headers['x-latin'], 'Z\u00fcrich');
      assert.equal(seen?.headers['user-agent'], 'reltio-auth/1 test');
      assert.equal(seen?.headers['transfer-encoding'], 'chunked');
      assert.equal(seen?.headers.cookie, undefined);
    });

    it('sends the user agent of the client if there is one', async () => {
      const url = await served((request, response) => response.end(request.headers['user-agent']));
      assert.equal(await text(await open(url, { headers: [['User-Agent', 'curl/8']] })), 'curl/8');
    });

    it('keeps the length of an upload', async () => {
      const url = await served((request, response) => {
        request.resume().on('end', () => {
          response.end(`${request.headers['content-length']} ${request.headers['transfer-encoding']}`);
        });
      });
      const sent = { method: 'PUT', headers: [['Content-Length', '9']] as HeaderList, body: parts('some ', 'body') };
      assert.equal(await text(await open(url, sent)), '9 undefined');
    });

    it('sends no body where there is none, whatever length the client named', async () => {
      const url = await served((request, response) => response.end(request.headers['content-length'] ?? 'none'));
      for (const headers of [[], [['Content-Length', '0']]] as HeaderList[]) {
        assert.equal(await text(await open(url, { method: 'POST', headers })), '0');
        assert.equal(await text(await open(url, { headers })), 'none');
      }
    });

    it('sends an empty body with length 0', async () => {
      const url = await served((request, response) => {
        request.resume().on('end', () => response.end('done'));
      });
      const headers: HeaderList = [['Content-Length', '0']];
      assert.equal(await text(await open(url, { method: 'POST', headers, body: parts() })), 'done');
    });

    it('sends GET with a body', async () => {
      const url = await served((request, response) => request.pipe(response));
      for (const headers of [[['Content-Length', '5']], []] as HeaderList[]) {
        assert.equal(await text(await open(url, { headers, body: parts('query') })), 'query');
      }
    });

    it('passes on a 401 to a streamed body', async () => {
      const url = await served((request, response) => {
        request.resume().on('end', () => {
          response.writeHead(401, { 'www-authenticate': 'Bearer error="invalid_token"' }).end('no');
        });
      });
      for (const headers of [[], [['Content-Length', '2']]] as HeaderList[]) {
        const answer = await open(url, { method: 'POST', headers, body: parts('a', 'b') });
        assert.equal(answer.status, 401);
        assert.equal(valueOf(answer, 'www-authenticate'), 'Bearer error="invalid_token"');
        assert.equal(await text(answer), 'no');
      }
    });

    for (const status of [301, 302, 303, 307, 308, 421, 300] as const) {
      it(`passes on a ${status}, and follows nothing`, async () => {
        let requests = 0;
        const url = await served((request, response) => {
          requests += 1;
          request.resume().on('end', () => response.writeHead(status, { location: '/elsewhere' }).end('moved'));
        });
        const answer = await open(url, { method: 'POST', headers: [['Content-Length', '1']], body: parts('a') });
        assert.deepEqual([answer.status, valueOf(answer, 'location'), requests], [status, '/elsewhere', 1]);
        assert.equal(await text(answer), 'moved');
      });
    }

    it('returns a 407 of a server as it is, or a failure: the host’s `fetch` takes it for one of a proxy', async () => {
      const url = await served((_request, response) => response.writeHead(407).end());
      const answer = await attempt(network(), { url });
      assert.equal(answer.kind === 'response' ? answer.status : answer.code, client === 'host' ? 'unreachable' : 407);
    });

    for (const [method, head] of [
      ['HEAD', '200 OK\r\nContent-Length: 1000'],
      ['GET', '204 No Content'],
      ['GET', '304 Not Modified\r\nETag: "x"\r\nContent-Encoding: gzip\r\nContent-Length: 1000'],
    ] as const) {
      it(`ends an answer without a body at once: ${method}, ${head.slice(0, 3)}`, async () => {
        const answer = await open(await answering(`HTTP/1.1 ${head}\r\n\r\n`), { method });
        assert.equal(answer.status, Number(head.slice(0, 3)));
        assert.equal(valueOf(answer, 'content-length'), head.includes('1000') ? '1000' : undefined);
        assert.equal(await text(answer), '');
      });
    }

    it('skips interim responses', async () => {
      const url = await answering(
        'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx',
      );
      const answer = await open(url);
      assert.equal(answer.status, 200);
      assert.equal(await text(answer), 'x');
    });

    it('keeps repeated headers and the bytes of values, and drops those of the connection', async () => {
      const url = await answering(
        'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Latin: Z\u00fcrich\r\nConnection: keep-alive, X-Hop\r\n' +
          'X-Hop: 1\r\nKeep-Alive: timeout=5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      );
      const answer = await open(url);
      const byName = (name: string): string[] =>
        answer.headers.filter(([one]) => one.toLowerCase() === name).map(([, value]) => value);
      assert.deepEqual(byName('set-cookie'), ['a=1', 'b=2']);
      assert.deepEqual(byName('x-latin'), ['Z\u00fcrich']);
      for (const name of ['connection', 'x-hop', 'keep-alive', 'transfer-encoding']) assert.deepEqual(byName(name), []);
    });

    for (const [encoding, encode] of [
      ['gzip', gzipSync],
      ['br', brotliCompressSync],
    ] as const) {
      it(`decodes ${encoding}, and leaves out what no longer fits`, async () => {
        const url = await served((request, response) => {
          assert.equal(request.headers['accept-encoding'], 'gzip, br');
          const body = encode(Buffer.alloc(2 * MB, 'x'));
          response
            .writeHead(200, { 'content-encoding': encoding, 'content-length': body.length, etag: '"x"' })
            .end(body);
        });
        const answer = await open(url, { headers: [['Accept-Encoding', 'deflate']] });
        assert.equal(valueOf(answer, 'content-encoding'), undefined);
        assert.equal(valueOf(answer, 'content-length'), undefined);
        assert.equal(valueOf(answer, 'etag'), '"x"');
        assert.equal((await text(answer)).length, 2 * MB);
      });
    }

    for (const [reason, request] of [
      ['a range', { headers: [['Range', 'bytes=0-9']] }],
      ['events', { headers: [['Accept', 'application/json, Text/Event-Stream']] }],
      ['HEAD', { method: 'HEAD' }],
    ] as const) {
      it(`asks for no encoding with ${reason}`, async () => {
        let asked: string | undefined;
        const url = await served((request, response) => {
          asked = request.headers['accept-encoding'];
          response.end();
        });
        await text(await open(url, request));
        assert.equal(asked, 'identity');
      });
    }

    it('leaves a body of an unknown encoding as it is', async () => {
      const url = await answering('HTTP/1.1 200 OK\r\nContent-Encoding: x-own\r\nContent-Length: 3\r\n\r\nabc');
      const answer = await open(url);
      assert.equal(valueOf(answer, 'content-encoding'), 'x-own');
      assert.equal(valueOf(answer, 'content-length'), '3');
      assert.equal(await text(answer), 'abc');
    });

    it('does not hold back what a decoder has', async () => {
      for (const [encoding, create] of [
        ['gzip', createGzip],
        ['br', createBrotliCompress],
      ] as const) {
        const url = await served((_request, response) => {
          response.writeHead(200, { 'content-encoding': encoding });
          const encoder = create();
          encoder.pipe(response);
          encoder.write('first');
          encoder.flush();
        });
        assert.equal(await firstChunk(await open(url)), 'first');
      }
    });

    it('passes on each part as it arrives', async () => {
      let write: (part: string) => void = () => undefined;
      const url = await served((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders();
        write = (part) => response.write(part);
      });
      const answer = await open(url);
      const reader = answer.body[Symbol.asyncIterator]();
      for (const part of ['data: 1\n\n', 'data: 2\n\n']) {
        const next = reader.next();
        write(part);
        assert.equal(Buffer.from((await next).value as Uint8Array).toString(), part);
      }
      await reader.return?.();
    });

    it('makes reading throw if the connection is cut', async () => {
      for (const head of ['Content-Length: 10\r\n\r\nabc', 'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n']) {
        const url = await servedRaw((socket) =>
          socket.once('data', () => {
            socket.write(`HTTP/1.1 200 OK\r\n${head}`);
            setImmediate(() => socket.end());
          }),
        );
        const answer = await open(url);
        await assert.rejects(text(answer), (error: Error) => {
          assert.doesNotMatch(`${error.stack} ${JSON.stringify(error)}`, /canary/);
          return error.name === 'ReltioCutResponse';
        });
      }
    });

    it('receives only as fast as it is read', async () => {
      let sent = 0;
      const url = await served((_request, response) => {
        const chunk = Buffer.alloc(MB);
        const more = (): void => {
          do sent += 1;
          while (sent < 400 && response.write(chunk));
          if (sent < 400) response.once('drain', more);
        };
        more();
      });
      const aborter = new AbortController();
      const answer = await open(url, { signal: aborter.signal });
      await answer.body[Symbol.asyncIterator]().next();
      await settled(() => sent);
      assert.ok(sent < 100, `${sent} MB`);
      aborter.abort();
    });

    it('reads an upload only as fast as it can be sent', async () => {
      let read = 0;
      const url = await servedRaw((socket) => socket.pause());
      const aborter = new AbortController();
      const answer = attempt(
        network(),
        { url, method: 'POST', body: megabytes(400, () => (read += 1)) },
        aborter.signal,
      );
      while (read === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      await settled(() => read);
      assert.ok(read > 0 && read < 100, `${read} MB`);
      aborter.abort();
      assert.deepEqual(await answer, { kind: 'failure', code: 'cancelled' });
    });

    it('fails if the server switches to another protocol, which nobody asked for', async () => {
      const url = await servedRaw((socket) =>
        socket.once('data', () => socket.write('HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')),
      );
      for (const request of [
        { headers: [['accept', 'text/event-stream']] as const },
        { method: 'PUT', body: megabytes(1) },
      ]) {
        const answer = await attempt(network(), { url, ...request });
        assert.ok(answer.kind === 'failure' && answer.code === 'unreachable', JSON.stringify(answer));
      }
    });

    it('ends the request when it is aborted before the answer', async () => {
      const { url, received, closed } = await hanging(servedRaw);
      const aborter = new AbortController();
      const answer = attempt(network(), { url }, aborter.signal);
      await received;
      aborter.abort();
      assert.deepEqual(await answer, { kind: 'failure', code: 'cancelled' });
      await closed;
    });

    it('sends nothing after an abort', async () => {
      let connections = 0;
      const url = await servedRaw(() => (connections += 1));
      assert.deepEqual(await attempt(network(), { url }, AbortSignal.abort()), { kind: 'failure', code: 'cancelled' });
      assert.equal(connections, 0);
    });

    it('ends the response when it is aborted while it is read, or not read at all', async () => {
      for (const isRead of [true, false]) {
        const { url, closed } = await hanging(servedRaw, 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
        const aborter = new AbortController();
        const answer = await open(url, { signal: aborter.signal });
        const reading = isRead ? text(answer) : undefined;
        aborter.abort();
        if (reading !== undefined) await assert.rejects(reading, { name: 'ReltioCutResponse' });
        await closed;
      }
    });

    it('ends the response when its reader leaves', async () => {
      const { url, closed } = await hanging(servedRaw, 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc');
      await firstChunk(await open(url));
      await closed;
    });

    it('tells the answer of a server that does not read the whole upload', async () => {
      const url = await served((_request, response) => {
        response.writeHead(413, { 'content-length': 9 }).end('too large');
      });
      const answer = await open(url, { method: 'POST', body: megabytes(50) });
      assert.equal(answer.status, 413);
      assert.equal(await text(answer), 'too large');
    });

    it('fails if the server resets during the upload', async () => {
      const url = await servedRaw((socket) => socket.once('data', () => socket.resetAndDestroy()));
      const answer = await attempt(network(), { url, method: 'POST', body: megabytes(50) });
      assert.ok(answer.kind === 'failure' && answer.code === 'unreachable', JSON.stringify(answer));
    });

    it('fails if the upload itself breaks off, and the server sees that', async () => {
      let complete: boolean | undefined;
      let begin: () => void = () => undefined;
      const begun = new Promise<void>((resolve) => (begin = resolve));
      const url = await served((request) => {
        request
          .resume()
          .on('error', () => undefined)
          .on('close', () => (complete = request.complete));
        begin();
      });
      const answer = await attempt(network(), { url, method: 'POST', body: broken(begun) });
      assert.ok(answer.kind === 'failure' && answer.code === 'unreachable', JSON.stringify(answer));
      await settled(() => Number(complete));
      assert.equal(complete, false);
    });

    it('sends a GET again if its kept connection was just closed, and no POST', async () => {
      for (const [method, expected] of [
        ['GET', 'response'],
        ['POST', 'failure'],
      ] as const) {
        let requests = 0;
        const url = await servedRaw((socket) => {
          let first = true;
          socket.on('data', () => {
            requests += 1;
            if (first) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx');
            else socket.resetAndDestroy();
            first = false;
          });
        });
        const net = network();
        await text(await open(url, { net }));
        await new Promise((resolve) => setImmediate(resolve)); // the connection is free for the next request only then
        const body = method === 'POST' ? { headers: [['Content-Length', '1']] as HeaderList, body: parts('x') } : {};
        assert.equal((await attempt(net, { url, method, ...body })).kind, expected);
        assert.equal(requests, method === 'GET' ? 3 : 2);
      }
    });

    it('sends nothing to a host that must not get the token', async () => {
      let connections = 0;
      const url = await servedRaw(() => (connections += 1));
      assert.deepEqual(await attempt(network(false), { url }), { kind: 'failure', code: 'untrustedHost' });
      assert.equal(connections, 0);
    });

    it('returns a refused connection and an invalid header as failures', async () => {
      const server = createRawServer();
      const url = await listening(server);
      assert.equal((await attempt(network(), { url, headers: [['bad name', 'x']] })).kind, 'failure');
      await new Promise((resolve) => server.close(resolve));
      const answer = await attempt(network(), { url });
      assert.deepEqual(answer, { kind: 'failure', code: 'unreachable', nodeCode: 'ECONNREFUSED' });
    });
  });
}

async function* parts(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const one of texts) yield Buffer.from(one);
}

async function* megabytes(count: number, onRead: () => void = () => undefined): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.alloc(MB);
  for (let index = 0; index < count; index += 1) {
    onRead();
    yield chunk;
  }
}

async function* broken(begun: Promise<void>): AsyncGenerator<Uint8Array> {
  yield Buffer.from('begun');
  await begun;
  throw new Error('canary: the client left');
}

function valueOf({ headers }: UpstreamResponse, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

async function text({ body }: UpstreamResponse): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Reads one chunk, and leaves. */
async function firstChunk({ body }: UpstreamResponse): Promise<string | undefined> {
  for await (const chunk of body) return Buffer.from(chunk).toString();
  return undefined;
}

/** Waits until a number stays the same. */
async function settled(read: () => number): Promise<void> {
  for (let before = Number.NaN; before !== read();) {
    before = read();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function hanging(
  servedRaw: (listener: (socket: Socket) => void) => Promise<string>,
  answer = '',
): Promise<{ url: string; received: Promise<void>; closed: Promise<void> }> {
  let onReceived: () => void = () => undefined;
  let onClosed: () => void = () => undefined;
  const received = new Promise<void>((resolve) => (onReceived = resolve));
  const closed = new Promise<void>((resolve) => (onClosed = resolve));
  const url = await servedRaw((socket) => {
    socket
      .on('data', () => {
        socket.write(answer);
        onReceived();
      })
      .on('close', onClosed);
  });
  return { url, received, closed };
}
