import assert from 'node:assert/strict';
import { Agent, request as send, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer, text } from 'node:stream/consumers';
import { Failure } from '../../../src/core/base/failure';
import { FakeClock } from '../../fakes/fakeClock';
import { longToken, ProxiedServer, sessionWith } from '../../fakes/proxiedServer';
import { RawConnection } from '../../fakes/rawConnection';
import { robotSession } from '../../fakes/sampleSession';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly raw: readonly string[];
  readonly body: string;
}

for (const client of ['host', 'explicit'] as const)
  describe(`the forwarder of the local proxy, over the ${client} client`, () => {
    let site: ProxiedServer;
    const agent = new Agent({ keepAlive: true });

    beforeEach(async () => {
      site = await ProxiedServer.open(client);
    });

    afterEach(async () => {
      await site.close();
    });

    const open = (
      path = '/x',
      { method = 'GET', headers = {}, body }: { method?: string; headers?: object; body?: string | Buffer } = {},
    ): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const outgoing = send(`${site.address}${path}`, { method, headers: { ...headers }, agent });
        outgoing.once('response', resolve).once('error', reject).end(body);
      });
    const call = async (...parts: Parameters<typeof open>): Promise<Answer> => {
      const incoming = await open(...parts);
      const { statusCode: status = 0, headers, rawHeaders: raw } = incoming;
      return { status, headers, raw, body: await text(incoming) };
    };
    const raw = async (request: string): Promise<RawConnection> =>
      (await RawConnection.open('127.0.0.1', site.proxy.port)).send(request);
    const refusalOf = ({ status, headers, body }: Answer) => [status, headers['x-reltio-local-proxy'], body.trim()];
    const until = async (isSo: () => boolean): Promise<void> => {
      for (let times = 0; !isSo(); times += 1) {
        assert.ok(times < 2_000, 'it takes too long');
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    };
    const allEnded = () => until(() => site.inFlight === 0);

    it('sends a request to its environment with the token, and the answer back', async () => {
      site.scene.answer = (request, response) => {
        void text(request).then((body) => response.writeHead(201, 'Ja', { 'X-A': ['1', '2'] }).end(`got ${body}`));
      };
      const answer = await call('/reltio/api/T?a=%2F&b', {
        method: 'POST',
        body: 'hello',
        headers: { 'Content-Type': 'a/b' },
      });
      assert.deepEqual([answer.status, answer.body], [201, 'got hello']);
      const [seen] = site.seen;
      assert.equal(seen?.url, '/reltio/api/T?a=%2F&b');
      assert.equal(seen.headers.authorization, `Bearer ${longToken}`);
      assert.equal(seen.headers.host, new URL(site.url).host);
      assert.equal(seen.headers['content-length'], '5');
      assert.equal(seen.headers['transfer-encoding'], undefined);
      const isMerged = client === 'host'; // `fetch` makes one header of several
      assert.deepEqual(
        answer.raw.filter((_value, index) => answer.raw[index - 1]?.toLowerCase() === 'x-a'),
        isMerged ? ['1, 2'] : ['1', '2'],
      );
      assert.equal(answer.headers['content-security-policy'], "sandbox; default-src 'none'");
      assert.equal(answer.headers['x-reltio-local-proxy'], undefined);
      assert.equal(site.forwarded, 1);
    });

    it('logs method, environment, status and time, and nothing of the path, the headers or the key', async () => {
      await call('/secret-path?secret-query', { headers: { 'X-Secret': 'secret-header' } });
      const { lines, text: log } = site.proxy.log;
      assert.equal(lines.length, 1);
      const [{ event, fields }] = lines as [(typeof lines)[0]];
      assert.equal(event, 'local proxy: forwarded');
      assert.deepEqual(Object.keys(fields).sort(), ['environment', 'method', 'milliseconds', 'status']);
      assert.deepEqual([fields.method, fields.environment, fields.status], ['GET', 'dev', 200]);
      assert.doesNotMatch(log, new RegExp(`secret|${site.proxy.key}|${site.proxy.port}`));
    });

    it('names the environments if there is none of that name', async () => {
      const [dev] = site.scene.environments as [(typeof site.scene.environments)[0]];
      site.scene.environments = [dev, { ...dev, name: 'a b [x](y)' }];
      const target = `${site.proxy.origin}/${site.proxy.key}`;
      for (const name of ['', '/', '/DEV/x', '/de', '/dev%20']) {
        const answer = await fetch(`${target}${name}`);
        assert.equal(answer.status, 404, name);
        assert.match(await answer.text(), /: dev, a b \(x\)\(y\)\./);
      }
      assert.equal((await fetch(`${target}/a%20b%20%5Bx%5D(y)/z`)).status, 200);
      assert.deepEqual(site.seen.map(({ url }) => url), ['/z']); // prettier-ignore
      site.scene.environments = [];
      assert.match((await call()).body, /Add Environment/);
    });

    describe('asks', () => {
      let asked: string[];
      let allow: (permission: string) => boolean;

      beforeEach(() => {
        asked = [];
        allow = () => true;
        site.scene.has = (permission, { name }, method) => {
          asked.push(`${permission} ${name} ${method}`);
          return Promise.resolve(allow(permission));
        };
        site.scene.environments = site.scene.environments.map((one) => ({ ...one, production: true }));
      });

      it('before a change in production only, and before any token is sent', async () => {
        for (const method of ['GET', 'HEAD']) await call('/x', { method });
        assert.deepEqual(asked, ['sendToken dev GET', 'sendToken dev HEAD']);
        asked.length = 0;
        for (const method of ['POST', 'DELETE', 'OPTIONS']) await call('/x', { method });
        await call('/x', { headers: { 'x-http-method-override': 'DELETE' } });
        assert.deepEqual(
          asked.filter((question) => question.startsWith('change')),
          ['POST', 'DELETE', 'OPTIONS', 'GET'].map((method) => `changeProduction dev ${method}`),
        );
        assert.equal(site.seen.length, 6);
      });

      it('and refuses without a yes, and without a token', async () => {
        site.scene.fresh = () => assert.fail('not allowed');
        allow = (permission) => permission === 'sendToken';
        assert.deepEqual(refusalOf(await call('/x', { method: 'PUT', body: 'b' })).slice(0, 2), [
          403,
          'productionNotAllowed',
        ]);
        allow = () => false;
        const answer = await call();
        assert.deepEqual([answer.status, answer.headers['x-reltio-local-proxy']], [403, 'tokenNotAllowed']);
        assert.match(answer.body, new RegExp(new URL(site.url).host));
        assert.deepEqual([site.seen.length, site.forwarded], [0, 0]);
      });

      it('again if the environment became a production one, or got another address, during the question', async () => {
        site.scene.environments = site.scene.environments.map((one) => ({ ...one, production: false }));
        site.scene.has = (permission) => {
          asked.push(permission);
          site.scene.environments = site.scene.environments.map((one) => ({ ...one, production: true }));
          return Promise.resolve(permission === 'sendToken');
        };
        assert.equal((await call('/x', { method: 'POST' })).status, 403);
        assert.deepEqual(asked, ['sendToken', 'sendToken', 'changeProduction']);
        assert.equal(site.seen.length, 0);
      });

      it('and sends nothing if the environment was removed meanwhile, or the client left', async () => {
        site.scene.has = () => {
          site.scene.environments = [];
          return Promise.resolve(true);
        };
        assert.equal((await call()).status, 404);
        site.scene.environments = [
          { name: 'dev', url: site.url, identityServer: '', clientId: undefined, production: true },
        ];
        let answer: (isAllowed: boolean) => void = () => undefined;
        site.scene.has = () => new Promise((resolve) => (answer = resolve));
        const connection = await raw(site.proxy.request('/x', { method: 'DELETE' }));
        await until(() => site.proxy.admitted.length === 2);
        connection.destroy();
        await new Promise((resolve) => setTimeout(resolve, 20));
        answer(true);
        await new Promise((resolve) => setTimeout(resolve, 20));
        assert.equal(site.seen.length, 0);
      });
    });

    describe('says what failed', () => {
      const groups = [
        ['signInAgain', 503],
        ['severalAccounts', 503],
        ['clientRejected', 503],
        ['accountLocked', 503],
        ['storeDamaged', 503],
        ['dns', 502],
        ['serverError', 502],
        ['badAnswer', 502],
        ['caFile', 502],
      ] as const;
      for (const [code, status] of groups) {
        it(`if there is no token: ${code} is ${status}`, async () => {
          site.scene.fresh = () => Promise.reject(new Failure(code));
          const answer = await call('/x', { method: 'POST', body: 'b' });
          assert.deepEqual(refusalOf(answer), [status, code, `The sentence of ${code}.`]);
          assert.equal(site.forwarded, 0);
        });
      }

      it('if the environment cannot be reached, or cuts the connection without an answer', async () => {
        site.scene.answer = (request) => request.socket.destroy();
        assert.deepEqual(refusalOf(await call()), [502, 'unreachable', 'The sentence of unreachable.']);
      });

      it('if something on the way asks for a password: never 407', async () => {
        site.scene.answer = (_request, response) => response.writeHead(407, { 'Proxy-Authenticate': 'Basic' }).end();
        const answer = await call();
        const code = client === 'host' ? 'unreachable' : 'proxy'; // `fetch` fails and does not say why
        assert.deepEqual(refusalOf(answer), [502, code, `The sentence of ${code}.`]);
        assert.equal(answer.headers['proxy-authenticate'], undefined);
        await allEnded();
      });

      it('if a failing answer comes in an encoding that we cannot look into', async () => {
        site.scene.answer = (_request, response) => response.writeHead(400, { 'Content-Encoding': 'zstd' }).end('??');
        assert.deepEqual(refusalOf(await call()).slice(0, 2), [502, 'notAnEnvironment']);
        assert.equal((await call('/x', { method: 'HEAD' })).status, 400);
        // not zstd, which `fetch` of Node 24 decodes
        site.scene.answer = (_request, response) => response.writeHead(200, { 'Content-Encoding': 'lzma' }).end('??');
        assert.equal((await call()).body, '??');
      });

      it('with a sentence of its own after a defect, and never rejects', async () => {
        site.scene.fresh = () => Promise.reject(new Error('secret'));
        const answer = await call();
        assert.deepEqual([answer.status, answer.headers['x-reltio-local-proxy']], [502, 'upstream']);
        assert.doesNotMatch(answer.body + site.proxy.log.text, /secret/);
        assert.match(site.proxy.log.text, /could not be forwarded/);
      });
    });

    describe('hides the token', () => {
      const leak = `{"error":"invalid_token","error_description":"Invalid access token: ${longToken}"}`;
      const hidden = leak.replace(longToken, '*'.repeat(longToken.length));

      it('in a failing answer, over chunks, with the same length', async () => {
        site.scene.answer = (_request, response) => {
          response.writeHead(403, { 'Content-Length': leak.length, 'X-Leak': `t=${longToken}`, 'Content-Type': 'a/b' });
          response.write(leak.slice(0, 100));
          setTimeout(() => response.end(leak.slice(100)), 20);
        };
        const answer = await call();
        assert.deepEqual([answer.status, answer.body], [403, hidden]);
        assert.equal(answer.headers['content-length'], String(leak.length));
        assert.equal(answer.headers['x-leak'], `t=${'*'.repeat(longToken.length)}`);
      });

      it('in the text of a good answer too, and in a Location', async () => {
        site.scene.answer = (_request, response) =>
          response
            .writeHead(200, {
              'Content-Type': 'text/event-stream',
              Location: `https://evil.example/?t=${encodeURIComponent(longToken)}`,
            })
            .end(`data: ${leak}\n\n`);
        const answer = await call();
        assert.equal(answer.body, `data: ${hidden}\n\n`);
        assert.match(answer.headers.location ?? '', /^https:\/\/evil\.example\/\?t=\*+$/);
      });

      it('in any other good answer, whatever it says it is, and in each way of writing in each kind of text', async () => {
        for (const type of [undefined, 'image/png', 'application/octet-stream']) {
          site.scene.answer = (_request, response) =>
            response.writeHead(200, type === undefined ? {} : { 'Content-Type': type }).end(leak);
          assert.equal((await call()).body, hidden, type);
        }
        const written = leak.replaceAll('/', '\\/');
        for (const type of [
          'application/x-ndjson',
          'application/jsonl',
          'application/yaml',
          'multipart/mixed; boundary=a',
        ]) {
          site.scene.answer = (_request, response) => response.writeHead(200, { 'Content-Type': type }).end(written);
          assert.ok(!(await call()).body.includes(longToken.slice(0, 8)), type);
        }
      });
    });

    it('passes on the bytes of a header as they are, and none that is named after the token', async () => {
      const odd = sessionWith('s.0123456789abcDEF');
      site.scene.fresh = () => Promise.resolve(odd);
      site.scene.answer = (_request, response) =>
        response
          .writeHead(200, { 'X-Name': 'caf\xe9', 'X-s.0123456789abcDEF': '1', 'Content-Length': '2' })
          .end(Buffer.from('ok'));
      const answer = await call();
      assert.equal(answer.headers['x-name'], 'caf\xe9');
      assert.doesNotMatch(answer.raw.join(), /0123456789abcdef/i);
    });

    it('leads redirects in the environment through itself, and follows none', async () => {
      site.scene.answer = (_request, response) =>
        response.writeHead(307, { Location: `${site.url}/mcp/?a=1` }).end('moved');
      const answer = await call('/mcp');
      assert.deepEqual([answer.status, answer.headers.location], [307, `${site.address}/mcp/?a=1`]);
      const key = await fetch(`http://localhost:${site.proxy.port}/dev/mcp`, {
        headers: { authorization: `Bearer ${site.proxy.key}` },
        redirect: 'manual',
      });
      assert.equal(key.headers.get('location'), `http://localhost:${site.proxy.port}/dev/mcp/?a=1`);
      assert.equal(site.seen.length, 2);
    });

    describe('after a rejected token', () => {
      let tokens: string[];
      let reported: string[];
      const other = 'another-token';
      const rejection = { error: 'invalid_token', error_description: `Invalid access token: ${longToken}` };

      beforeEach(() => {
        tokens = [longToken];
        reported = [];
        site.scene.fresh = () => Promise.resolve(sessionWith(tokens.at(-1) ?? ''));
        site.scene.reportRejected = ({ tokens: { accessToken } }) => {
          reported.push(accessToken);
          tokens.push(other);
          return Promise.resolve(true);
        };
        site.scene.answer = (request, response) => {
          void text(request).then((body) => {
            if (request.headers.authorization === `Bearer ${other}`) response.end(`ok ${body}`);
            else response.writeHead(401, { 'Content-Type': 'application/json' }).end(JSON.stringify(rejection));
          }, String);
        };
      });

      it('reports it, and repeats a GET once', async () => {
        assert.equal((await call()).body, 'ok ');
        assert.deepEqual(reported, [longToken]);
        assert.deepEqual([site.seen.length, site.forwarded, site.proxy.log.lines.length], [2, 1, 1]);
        await allEnded();
      });

      it('repeats a HEAD if the challenge says so: it has no body', async () => {
        site.scene.answer = (request, response) => {
          const isOther = request.headers.authorization === `Bearer ${other}`;
          response.writeHead(isOther ? 200 : 401, { 'WWW-Authenticate': 'Bearer error="invalid_token"' }).end();
        };
        assert.equal((await call('/x', { method: 'HEAD' })).status, 200);
      });

      it('reports it, but passes the 401 on for a change, without the token', async () => {
        const answer = await call('/x', { method: 'POST', body: 'b' });
        assert.equal(answer.status, 401);
        assert.match(answer.body, /Invalid access token: \*+"/);
        assert.deepEqual([reported, site.seen.length], [[longToken], 1]);
        assert.equal((await call('/x', { headers: { 'X-HTTP-Method': 'PUT' } })).status, 200); // with the new token
      });

      it('repeats what an MCP client sends: it is all POST', async () => {
        const answer = await call('/ai/tools/mcp/', { method: 'POST', body: '{"jsonrpc":"2.0"}' });
        assert.deepEqual([answer.status, answer.body], [200, 'ok {"jsonrpc":"2.0"}']);
        assert.deepEqual([reported, site.seen.length], [[longToken], 2]);
      });

      it('repeats a change, with its whole body, if the token has expired on its way', async () => {
        site.scene.fresh = () => {
          const session = sessionWith(tokens.at(-1) ?? '', undefined, -1);
          tokens.push(other);
          return Promise.resolve(session);
        };
        assert.equal((await call('/x', { method: 'POST', body: 'all of it' })).body, 'ok all of it');
        assert.deepEqual(reported, []);
      });

      it('repeats a change if another request got a new token meanwhile', async () => {
        const { answer } = site.scene;
        site.scene.answer = (request, response) => {
          tokens.push(other);
          answer(request, response);
        };
        const big = 'x'.repeat(256 * 1024);
        assert.equal((await call('/x', { method: 'PATCH', body: big })).body, `ok ${big}`);
        assert.deepEqual([reported, site.seen.length], [[], 2]);
      });

      it('does not repeat with a body of more than 256 kB', async () => {
        const { answer } = site.scene;
        site.scene.answer = (request, response) => {
          tokens.push(other);
          answer(request, response);
        };
        const big = 'x'.repeat(256 * 1024 + 1);
        assert.equal((await call('/x', { method: 'POST', body: big })).status, 401);
        tokens.length = 1;
        assert.equal(
          (await call('/x', { method: 'GET', body: big, headers: { 'Content-Length': big.length } })).status,
          401,
        );
        assert.equal(site.seen.length, 2);
      });

      it('does not repeat with the token of another account', async () => {
        site.scene.fresh = () => Promise.resolve(site.seen.length === 0 ? sessionWith(longToken) : robotSession());
        assert.equal((await call()).status, 401);
        assert.equal(site.seen.length, 1);
      });

      it('repeats once only', async () => {
        site.scene.answer = (_request, response) => response.writeHead(401).end(JSON.stringify(rejection));
        assert.equal((await call()).status, 401);
        assert.deepEqual([reported.length, site.seen.length], [1, 2]);
      });

      it('passes the 401 on, complete, if there is no other token or none at all', async () => {
        site.scene.reportRejected = () => Promise.resolve(false);
        const expected = JSON.stringify(rejection).replace(longToken, '*'.repeat(longToken.length));
        assert.equal((await call()).body, expected);
        site.scene.reportRejected = () => Promise.resolve(true);
        assert.equal((await call()).body, expected); // the same token again
        site.scene.reportRejected = () => Promise.reject(new Error('offline'));
        assert.equal((await call()).body, expected);
        site.scene.reportRejected = () => {
          site.scene.fresh = () => Promise.reject(new Failure('signInAgain'));
          return Promise.resolve(true);
        };
        assert.equal((await call()).body, expected);
      });

      it('leaves another 401 alone, also one that never ends', async () => {
        site.scene.answer = (_request, response) =>
          response.writeHead(401).end('{"error_code":"Unauthorized","error":"No authorization bearer token detected"}');
        assert.match((await call()).body, /No authorization/);
        site.scene.answer = (_request, response) => response.writeHead(401).end('y'.repeat(100_000));
        assert.equal((await call()).body, 'y'.repeat(100_000));
        assert.deepEqual(reported, []);
      });
    });

    describe('streams', () => {
      it('each event at once, the head before the first of them', async () => {
        let end: () => void = () => undefined;
        let event: (text: string) => void = () => undefined;
        site.scene.answer = (_request, response) => {
          response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
          event = (data) => response.write(`data: ${data}\n\n`);
          end = () => response.end();
        };
        const incoming = await open();
        incoming.setEncoding('utf8');
        for (const data of ['one', 'two', longToken]) {
          const arrived = new Promise((resolve) => incoming.once('data', resolve));
          event(data);
          assert.equal(await arrived, `data: ${data.replaceAll(/./g, data === longToken ? '*' : '$&')}\n\n`);
        }
        end();
        await new Promise((resolve) => incoming.once('end', resolve));
      });

      it('an answer no faster than the client reads it', async () => {
        let written = 0;
        const chunk = Buffer.alloc(64 * 1024);
        site.scene.answer = (_request, response) => {
          const more = (): void => {
            while (written < 200e6 && !response.destroyed) {
              written += chunk.length;
              if (!response.write(chunk)) return void response.once('drain', more);
            }
          };
          more();
        };
        const connection = await raw(site.proxy.request('/x'));
        connection.stopReading();
        let before = -1;
        await until(() => {
          const isSame = before === written && written > 0;
          before = written;
          return isSame;
        });
        await new Promise((resolve) => setTimeout(resolve, 100));
        assert.ok(written < 30e6, `${written} bytes are on their way to a client that reads nothing`);
        connection.destroy();
        await allEnded();
      });

      it('a request no faster than the environment reads it', async () => {
        site.scene.answer = (request) => request.pause();
        let sent = 0;
        const outgoing = send(site.address, { method: 'PUT' }).on('error', () => undefined);
        const chunk = Buffer.alloc(64 * 1024);
        const more = (): void => {
          while (sent < 200e6 && !outgoing.destroyed) {
            sent += chunk.length;
            if (!outgoing.write(chunk)) return void outgoing.once('drain', more);
          }
        };
        more();
        await until(() => site.seen.length === 1);
        await new Promise((resolve) => setTimeout(resolve, 200));
        assert.ok(sent < 30e6, `${sent} bytes are on their way to an environment that reads nothing`);
        outgoing.destroy();
        site.seen[0]?.resume(); // until then Node does not look at the connection of the client
        await allEnded();
      });

      it('big bodies both ways without a change', async () => {
        site.scene.answer = (request, response) => request.pipe(response);
        const body = Buffer.from(Array.from({ length: 3_000_000 }, (_none, index) => index % 251));
        const incoming = await open('/x', { method: 'POST', body });
        assert.ok((await buffer(incoming)).equals(body));
      });

      it('a body of unknown length, and none where there is none', async () => {
        site.scene.answer = (request, response) => {
          void text(request).then((body) =>
            response.end(JSON.stringify([request.headers['transfer-encoding'] ?? '', body])),
          );
        };
        const chunked = await raw(
          site.proxy.request('/x', {
            method: 'POST',
            headers: ['Transfer-Encoding: chunked', 'Connection: close'],
            body: '3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n',
          }),
        );
        await chunked.closed;
        assert.match(chunked.received, /\["chunked","abc"\]/);
        assert.equal((await call('/x')).body, '["",""]');
        assert.equal(
          (await call('/x', { method: 'GET', body: 'q', headers: { 'Content-Length': 1 } })).body,
          '["","q"]',
        );
      });
    });

    it('answers HEAD, 204 and 304 without a body, and goes on with the connection', async () => {
      site.scene.answer = ({ method, url }, response) => {
        const [status, length] = method === 'HEAD' ? [200, 5] : url === '/204' ? [204, 0] : [304, 7];
        response.writeHead(status, length === 0 ? {} : { 'Content-Length': length }).end();
      };
      const connection = await raw(
        site.proxy.request('/200', { method: 'HEAD' }) +
          site.proxy.request('/204') +
          site.proxy.request('/304', { headers: ['Connection: close'] }),
      );
      await connection.closed;
      const heads = connection.received.split('\r\n\r\n');
      assert.deepEqual(heads.map((head) => /^HTTP\/1\.1 (\d+)/.exec(head)?.[1]), ['200', '204', '304', undefined]); // prettier-ignore
      assert.match(heads[0] ?? '', /Content-Length: 5/i);
      assert.doesNotMatch(heads[1] ?? '', /Content-Length|Transfer-Encoding/i);
      assert.match(heads[2] ?? '', /Content-Length: 7/i);
      await allEnded();
    });

    it('does not pass on that the environment closes its connection, nor its trailers or early hints', async () => {
      site.scene.answer = (_request, response) => {
        response.writeEarlyHints({ link: '</a>; rel=preload' });
        response.writeHead(200, { Connection: 'close', Trailer: 'X-T' }).write('a');
        response.addTrailers({ 'X-T': '1' });
        response.end();
      };
      const answer = await call();
      assert.deepEqual([answer.status, answer.headers.connection, answer.body], [200, 'keep-alive', 'a']);
      assert.equal(answer.headers.trailer, undefined);
    });

    describe('ends', () => {
      it('the request at the environment when the client leaves: before the answer, in it, and while it sends', async () => {
        site.scene.answer = () => undefined;
        const silent = await raw(site.proxy.request('/x'));
        await until(() => site.seen.length === 1);
        silent.destroy();
        await allEnded();

        site.scene.answer = (_request, response) => void response.write('begin');
        const reading = await raw(site.proxy.request('/x'));
        await until(() => reading.received.includes('begin'));
        reading.destroy();
        await allEnded();

        let ending = '';
        site.scene.answer = (request) =>
          void text(request).then(
            () => (ending = 'complete'),
            () => (ending = 'cut'),
          );
        const head = { method: 'POST', headers: ['Transfer-Encoding: chunked'], body: '3\r\nabc\r\n' };
        const sending = await raw(site.proxy.request('/x', head));
        await until(() => site.seen.length === 3);
        sending.destroy();
        await allEnded();
        await until(() => ending !== '');
        assert.equal(ending, 'cut');
      });

      it('the connection of the client, visibly, when that of the environment is cut', async () => {
        site.scene.answer = (request, response) => {
          response.write('half');
          setTimeout(() => request.socket.destroy(), 20);
        };
        await assert.rejects(call(), /aborted/);
        const old = await raw(site.proxy.request('/x', { version: '1.0' }));
        let isReset = false;
        (old as unknown as { socket: NodeJS.EventEmitter }).socket.once('error', () => (isReset = true));
        await old.closed;
        assert.ok(isReset);
        await allEnded();
      });
    });

    it('sends the messages of the older transport of MCP through the proxy too', async () => {
      site.scene.answer = (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        response.end('event: endpoint\ndata: /messages?sessionId=1\n\n');
      };
      const { body } = await call('/ai/sse');
      assert.equal(body, `event: endpoint\ndata: ${site.address}/messages?sessionId=1\n\n`);
    });

    it('gives no part of an answer that it has made longer for the next answer', async () => {
      const forged = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged';
      const body = `event: endpoint\ndata: /m\n\n${forged}`;
      site.scene.answer = (_request, response) => {
        response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Content-Length': body.length }).end(body);
      };
      assert.equal((await call('/ai/sse')).body, body.replace('/m', `${site.address}/m`));
      assert.equal((await call('/ai/sse', { method: 'HEAD' })).status, 200);
    });

    // only `fetch` decodes what we did not ask for, and keeps its length
    if (client === 'host')
      it('cuts an answer that is longer or shorter than it says, however its client has read it', async () => {
        const { fetch } = globalThis;
        const long = `${'x'.repeat(10)}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged`;
        try {
          for (const body of [long, 'short']) {
            globalThis.fetch = async () => new Response(body, { headers: { 'Content-Length': '10' } });
            await assert.rejects(call(), { code: 'ECONNRESET' });
          }
        } finally {
          globalThis.fetch = fetch;
        }
      });

    it('does not make a conditional request one that refuses 304', async () => {
      site.scene.answer = ({ headers }, response) => {
        const isFresh = headers['if-none-match'] === '"a"' && !/no-cache/.test(headers['cache-control'] ?? '');
        response.writeHead(isFresh ? 304 : 200, { ETag: '"a"' }).end();
      };
      assert.equal((await call('/x', { headers: { 'If-None-Match': '"a"' } })).status, 304);
      assert.equal(site.seen[0]?.headers.pragma, undefined);
      const headers = { 'If-None-Match': '"a"', 'Cache-Control': 'no-cache' };
      assert.equal((await call('/x', { headers })).status, 200, 'unless its client does');
    });

    it('takes a character set for no encoding', async () => {
      site.scene.answer = (_request, response) => {
        response.writeHead(400, { 'Content-Type': 'text/plain', 'Content-Encoding': 'UTF-8' }).end(`bad ${longToken}`);
      };
      const { status, body } = await call();
      assert.deepEqual([status, body], [400, `bad ${'*'.repeat(longToken.length)}`]);
    });

    it('gives a client that does not stop sending five seconds after an early answer', async () => {
      await site.close();
      const clock = new FakeClock();
      site = await ProxiedServer.open(client, clock);
      site.scene.answer = (_request, response) => response.writeHead(413).end('too much');
      const connection = await raw(
        site.proxy.request('/x', { method: 'PUT', headers: ['Content-Length: 9'], body: '1' }),
      );
      await until(() => connection.received.includes('too much'));
      await clock.pass(4_999);
      connection.send('2');
      await clock.pass(1);
      await connection.closed;
    });

    it('passes an early answer on where the environment closes its connection during a fast upload', async () => {
      site.scene.answer = (_request, response) => response.writeHead(413, { Connection: 'close' }).end('too much');
      const { status, body } = await call('/x', { method: 'PUT', body: Buffer.alloc(8_000_000) });
      assert.deepEqual([status, body], [413, 'too much']);
    });

    it('passes an early answer on while the client still sends, and goes on with the connection', async () => {
      site.scene.answer = (_request, response) => response.writeHead(413, { Connection: 'close' }).end('too much');
      const length = 300_000;
      const headers = [`Content-Length: ${length}`];
      const connection = await raw(site.proxy.request('/x', { method: 'PUT', headers, body: 'x'.repeat(1_000) }));
      await until(() => connection.received.includes('too much'));
      site.scene.answer = (_request, response) => response.end('next');
      connection.send('x'.repeat(length - 1_000) + site.proxy.request('/y'));
      await until(() => connection.received.includes('next'));
      connection.destroy();
      await allEnded();
    });
  });
