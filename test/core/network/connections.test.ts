import assert from 'node:assert/strict';
import { createServer, request as send, type Agent, type Server } from 'node:http';
import { createServer as createSilentServer, type AddressInfo, type Server as RawServer, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { connections, type Connections } from '../../../src/core/network/connections';
import { sentByModule } from '../../../src/core/network/upstream/nodeRequest';
import { Authority } from '../../fakes/authority';
import { startProxy } from '../../fakes/proxy';

const context = tls.createSecureContext();
const material = { servers: context, proxy: context };

describe('connections', () => {
  let cleanUp: (() => Promise<void> | void)[];
  beforeEach(() => {
    cleanUp = [];
  });
  afterEach(async () => {
    for (const step of cleanUp.reverse()) await step();
  });

  async function listening<Any extends Server | RawServer>(server: Any): Promise<{ server: Any; url: string }> {
    const sockets = new Set<Socket>();
    server.on('connection', (socket: Socket) => sockets.add(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp.push(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
  }
  const direct = (): Connections => {
    const made = connections({ kind: 'direct' }, material, true);
    cleanUp.push(made.close);
    return made;
  };
  const get = async (url: string, agent: Agent, method = 'GET'): Promise<string> => {
    const { body } = await sentByModule(send, { method, url, headers: [] }, [], { agent });
    const parts: Uint8Array[] = [];
    for await (const part of body) parts.push(part);
    return Buffer.concat(parts).toString();
  };
  const free = (agent: Agent): Socket[] => Object.values(agent.freeSockets).flatMap((some) => some ?? []);
  const used = (agent: Agent): Socket[] => Object.values(agent.sockets).flatMap((some) => some ?? []);
  const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  for (const route of ['direct', 'through a proxy'] as const) {
    it(`are used again, ${route}: also after an answer without a body, which nobody reads`, async () => {
      let count = 0;
      const { url, server } = await listening(
        createServer((_request, response) => {
          response.writeHead(200, { 'content-length': 6 }).end('answer');
        }),
      );
      server.on('connection', () => (count += 1));
      const proxy = await startProxy();
      cleanUp.push(proxy.close);
      const way = { origin: proxy.url, host: '', secure: false, authorization: undefined };
      const made = connections(route === 'direct' ? { kind: 'direct' } : { kind: 'proxy', proxy: way }, material, true);
      cleanUp.push(made.close);
      const agent = made.agent('http:');
      for (const method of ['GET', 'HEAD', 'GET']) {
        const { body } = await sentByModule(send, { method, url, headers: [] }, [], { agent });
        if (method === 'GET') for await (const part of body) assert.equal(String(part), 'answer');
        while (free(agent).length === 0) await soon();
      }
      assert.equal(count, 1);
    });
  }

  it('wait some seconds for the next request, but as long as need be for an answer', async () => {
    const { url } = await listening(createServer((_request, response) => response.end()));
    const agent = direct().agent('http:');
    const answer = get(url, agent);
    while (used(agent)[0]?.connecting !== false) await soon();
    assert.equal(used(agent)[0]?.timeout, 0);
    await answer;
    while (free(agent).length === 0) await soon();
    const [socket] = free(agent);
    assert.equal(socket?.timeout, 4_000);
    socket.emit('timeout');
    assert.equal(socket.destroyed, true);
  });

  it('end with ETIMEDOUT if they are not there in time, TLS included', async () => {
    const { url } = await listening(createSilentServer());
    const agent = direct().agent('https:');
    const answer = sentByModule(
      (await import('node:https')).request,
      { method: 'GET', url: url.replace('http:', 'https:'), headers: [] },
      [],
      { agent },
    );
    while (used(agent)[0]?.connecting !== false) await soon();
    assert.equal(used(agent)[0]?.timeout, 10_000);
    used(agent)[0]?.emit('timeout');
    await assert.rejects(answer, { code: 'ETIMEDOUT' });
  });

  it('once closed, end those that wait, and those in use after their answers', async () => {
    let answer: () => void = () => undefined;
    const { url } = await listening(
      createServer((request, response) => {
        if (request.url === '/slow') answer = () => response.end('late');
        else response.end('at once');
      }),
    );
    const made = direct();
    const agent = made.agent('http:');
    assert.equal(await get(url, agent), 'at once');
    while (free(agent).length === 0) await soon();
    const [waiting] = free(agent);
    const slow = get(`${url}slow`, agent);
    const other = get(url, agent);
    await other;
    while (free(agent).length === 0) await soon();
    const idle = free(agent);
    const [busy] = used(agent);
    assert.equal(busy, waiting);
    made.close();
    assert.ok(idle.every(({ destroyed }) => destroyed));
    assert.equal(busy?.destroyed, false);
    answer();
    assert.equal(await slow, 'late');
    while (busy?.destroyed === false) await soon();
    assert.deepEqual(free(agent), []);
  });

  it('verify a server whatever is said of the proxy', async () => {
    const stranger = Authority.create('Stranger Root').issue();
    const server = tls.createServer(stranger, () => assert.fail('no handshake may end well'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    cleanUp.push(() => {
      server.close();
    });
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const proxy = await startProxy();
    cleanUp.push(proxy.close);
    const way = { origin: proxy.url, host: '', secure: false, authorization: undefined };
    const { request } = await import('node:https');
    for (const route of [{ kind: 'direct' }, { kind: 'proxy', proxy: way }] as const) {
      const made = connections(route, material, false);
      cleanUp.push(made.close);
      const agent = made.agent('https:');
      await assert.rejects(sentByModule(request, { method: 'GET', url, headers: [] }, [], { agent }), {
        code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      });
    }
  });
});
