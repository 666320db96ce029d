import assert from 'node:assert/strict';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { systemClock } from '../../../src/core/base/clock';
import { isAccessKey, newAccessKey } from '../../../src/core/localProxy/accessKey';
import { Forwarder } from '../../../src/core/localProxy/forwarder';
import { openProxyServer, type ProxyServer } from '../../../src/core/localProxy/proxyServer';
import { Network } from '../../../src/core/network/network';
import { defaultNetworkSettings } from '../../../src/core/network/networkSettings';
import { mayReceiveSecrets } from '../../../src/core/trust/trustedHosts';
import { describe as describeFailure } from '../../../src/editor/messages/messages';
import { accountTokens } from '../../../src/features/localProxy/accountTokens';
import { Installation, type TestCore } from '../../fakes/installation';
import { HostedMcp } from '../../identity/hostedMcp';
import { connectMcp, echo, type McpConnection } from '../../identity/mcpClient';
import { type IdentityServer, startIdentityServer } from '../../identity/server';

const calls = 1_000;
const workers = 4;

/** The whole way: a client of the protocol's makers, the server, the forwarder, the core, the network and an MCP server. */
describe('an MCP client behind the local proxy', () => {
  let shared: Installation;
  let hosted: HostedMcp;
  let reltio: IdentityServer;
  let core: TestCore;
  let proxy: ProxyServer;
  let key: string;
  let forwarded: number;
  const connections: McpConnection[] = [];

  beforeEach(async () => {
    shared = new Installation().alone();
    hosted = new HostedMcp();
    const policy = { accessTokenLifetime: 3, refreshReturns: 'samePairSameExpiry' } as const; // as Reltio documents it
    reltio = await startIdentityServer({ clock: shared.clock.now, hosted, policy });
    const network = new Network({
      userAgent: 'test',
      mayReceiveSecrets: (url) => Promise.resolve(mayReceiveSecrets(url, ['reltio.com'])),
      settings: () => defaultNetworkSettings,
      passphrase: () => Promise.resolve(undefined),
      env: {},
      onChoice: () => undefined,
    });
    core = shared.openCore(network);
    await signIn();
    key = newAccessKey();
    forwarded = 0;
    const dev = {
      name: 'dev',
      url: reltio.url,
      identityServer: reltio.url,
      clientId: undefined,
      production: false,
    };
    const { clock, log } = shared;
    const forwarder = new Forwarder({
      upstream: network,
      environments: () => Promise.resolve([dev]),
      tokens: accountTokens(core.real, () => undefined),
      permissions: { has: () => Promise.resolve(true) },
      explain: describeFailure,
      onForwarded: () => (forwarded += 1),
      clock,
      log,
    });
    proxy = await openProxyServer(0, {
      forward: (...exchange) => forwarder.forward(...exchange),
      isKey: (candidate) => isAccessKey(candidate, key),
      clock: systemClock,
      log,
    });
  });
  afterEach(async () => {
    await Promise.all(connections.splice(0).map(({ client }) => client.close()));
    await proxy.close(0);
    await reltio.close();
  });

  async function signIn(): Promise<void> {
    const { documented } = reltio.clients;
    await core.clients.save(reltio.url, documented);
    const { name: user, password: secret } = reltio.users.plain;
    const step = await core
      .attempt(reltio.url, documented)
      .send({ kind: 'password' }, { user, secret }, new AbortController().signal);
    assert.ok(step.kind === 'signedIn');
    await core.sessions.add(step);
  }
  const connect = async (path = '/ai/tools/mcp/', bearer = key): Promise<McpConnection> => {
    const connection = await connectMcp(`http://127.0.0.1:${proxy.port}/dev${path}`, bearer);
    connections.push(connection);
    return connection;
  };
  const received = () => reltio.requests.all.filter(({ path }) => path.startsWith('/ai/tools/mcp'));
  const tokensUsed = () => new Set(received().map(({ headers }) => headers.authorization)).size;

  it(`makes ${calls} tool calls over many tokens, and none fails`, async () => {
    const connection = await connect();
    let next = 0;
    const failures: unknown[] = [];
    const work = async (): Promise<void> => {
      while (next < calls) {
        const number = next++;
        if (number % 25 === 24) await shared.clock.pass(3_000); // while the calls of the others are on their way
        try {
          assert.equal(await echo(connection, `call ${number}`), `call ${number}`);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    await Promise.all(Array.from({ length: workers }, work));
    assert.deepEqual(failures, []);
    assert.equal(hosted.calls.echo, calls, 'none was executed twice');
    assert.ok(tokensUsed() >= calls / 25, String(tokensUsed()));
    assert.ok(forwarded >= calls);
    const secrets = [key, ...reltio.issuedTokens()];
    const log = JSON.stringify(shared.log.lines);
    assert.ok(!secrets.some((secret) => log.includes(secret)), 'neither the key nor a token is in the log');
  }).timeout(60_000);

  it('passes the session on untouched, and the end of it', async () => {
    const { client, transport } = await connect();
    await client.listTools();
    const { sessionId } = transport;
    assert.ok(sessionId !== undefined);
    await transport.terminateSession();
    assert.deepEqual(hosted.ended, [sessionId]);
    const own = received().filter(({ headers }) => headers['mcp-session-id'] === sessionId);
    assert.ok(own.some(({ method }) => method === 'POST') && own.some(({ method }) => method === 'DELETE'));
    assert.ok(
      received().every(({ headers }) => !JSON.stringify(headers).includes(key)),
      'Reltio never gets the key',
    );
  });

  it('passes on each message of a stream when it comes, also after the token was replaced', async () => {
    const { client } = await connect();
    const messages: unknown[] = [];
    let notify = (): void => undefined;
    client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params }) => {
      messages.push(params.data);
      notify();
    });
    await hosted.opened(1);
    for (const data of ['first', 'second', 'third']) {
      const came = new Promise<void>((resolve) => (notify = resolve));
      await hosted.notify(data);
      await came;
      await shared.clock.pass(3_000);
    }
    assert.deepEqual(messages, ['first', 'second', 'third']);
    assert.equal(received().filter(({ method }) => method === 'GET').length, 1, 'over one and the same stream');
  });

  it('shows the progress of a call while it runs', async () => {
    const { client } = await connect();
    const steps: number[] = [];
    const onprogress = ({ progress }: { progress: number }): void => {
      steps.push(progress);
      hosted.proceed(); // the tool waits for this before its next step
    };
    hosted.waitsForClient = true;
    await client.callTool({ name: 'count', arguments: { to: 5 } }, undefined, { onprogress });
    assert.deepEqual(steps, [1, 2, 3, 4, 5]);
  });

  it('follows a redirect of the environment to the proxy, with the key', async () => {
    assert.equal(await echo(await connect('/ai/tools/mcp'), 'Ada'), 'Ada');
    const redirect = await fetch(`http://127.0.0.1:${proxy.port}/dev/ai/tools/mcp`, {
      headers: { authorization: `Bearer ${key}` },
      redirect: 'manual',
    });
    const location = new URL(redirect.headers.get('location') ?? '', redirect.url);
    assert.equal(location.href, `http://127.0.0.1:${proxy.port}/dev/ai/tools/mcp/`);
  });

  it('finds nothing at which it could sign in', async () => {
    await assert.rejects(connect('/ai/tools/mcp/', newAccessKey()));
    const origin = `http://127.0.0.1:${proxy.port}`;
    for (const path of [
      '/.well-known/oauth-protected-resource/dev/ai/tools/mcp/',
      '/.well-known/oauth-protected-resource',
      '/.well-known/oauth-authorization-server',
      '/.well-known/openid-configuration',
    ]) {
      assert.equal((await fetch(origin + path)).status, 404, path);
      assert.equal((await fetch(origin + path, { headers: { authorization: `Bearer ${key}` } })).status, 404, path);
    }
    assert.ok([401, 404].includes((await fetch(`${origin}/register`, { method: 'POST' })).status));
    const answer = await fetch(`${origin}/dev/ai/tools/mcp/`, { method: 'POST' });
    assert.equal(answer.status, 401);
    assert.ok(!/resource_metadata/.test(answer.headers.get('www-authenticate') ?? ''));
    assert.deepEqual(received(), []);
  });
});
