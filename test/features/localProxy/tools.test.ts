import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock as clock } from '../../../src/core/base/clock';
import { isAccessKey, newAccessKey } from '../../../src/core/localProxy/accessKey';
import { Forwarder } from '../../../src/core/localProxy/forwarder';
import { PermissionGate } from '../../../src/core/localProxy/permissionGate';
import { openProxyServer, type ProxyServer } from '../../../src/core/localProxy/proxyServer';
import { Network } from '../../../src/core/network/network';
import { defaultNetworkSettings } from '../../../src/core/network/networkSettings';
import { describe as explain } from '../../../src/editor/messages/messages';
import { accountTokens } from '../../../src/features/localProxy/accountTokens';
import { EchoPart, type Echoed } from '../../fakes/echoPart';
import { RecordingLog } from '../../fakes/recordingLog';
import { RawConnection } from '../../fakes/rawConnection';
import { isInstalled, Tools } from '../../fakes/tools';
import { startIdentityServer, type IdentityServer } from '../../identity/server';
import { realCore } from '../../processes/core';
import { removeFolder } from '../../processes/diskSecrets';

const tenants = '/reltio/enhancedTenants?showAll=true';

describe('tools over the local proxy', function () {
  this.timeout(30_000);
  const tools = new Tools();
  const echo = new EchoPart();
  const log = new RecordingLog();
  const key = newAccessKey();
  const asked: string[] = [];
  let reltio: IdentityServer;
  let folder: string;
  let core: ReturnType<typeof realCore>;
  let network: Network;
  let proxy: ProxyServer;

  before(async () => {
    reltio = await startIdentityServer({ hosted: echo, policy: { refreshReturns: 'rotatedPair' } });
    folder = await mkdtemp(join(tmpdir(), 'reltio-tools-'));
    core = realCore(folder, reltio.url, log);
    await signIn();
    network = new Network({
      userAgent: 'test',
      mayReceiveSecrets: () => Promise.resolve(true),
      settings: () => defaultNetworkSettings,
      passphrase: () => Promise.resolve(undefined),
      env: {},
      onChoice: () => undefined,
    });
    const environment = { url: reltio.url, identityServer: reltio.url, clientId: undefined };
    const forwarder = new Forwarder({
      upstream: network,
      environments: () =>
        Promise.resolve([
          { ...environment, name: 'dev', production: false },
          { ...environment, name: 'prod', production: true },
          { ...environment, name: 'live', production: true },
        ]),
      tokens: accountTokens({ ...core, clock }, () => undefined),
      permissions: new PermissionGate({
        ask: (permission, { name }, method) => {
          if (permission === 'changeProduction') asked.push(`${method} in ${name}`);
          return Promise.resolve(permission === 'sendToken' || name === 'live');
        },
        clock,
        log,
      }),
      explain,
      onForwarded: () => undefined,
      clock,
      log,
    });
    proxy = await openProxyServer(0, {
      forward: forwarder.forward.bind(forwarder),
      isKey: (candidate) => isAccessKey(candidate, key),
      clock,
      log,
    });
  });
  after(async () => {
    await proxy.close(0);
    network.dispose();
    await reltio.close();
    await removeFolder(folder);
  });

  async function signIn(): Promise<void> {
    const { name, password } = reltio.users.plain;
    await core.signIn(name, password);
  }

  const withKey = (path: string, environment = 'dev'): string =>
    `http://127.0.0.1:${proxy.port}/${key}/${environment}${path}`;
  const withoutKey = (path: string): string => `http://localhost:${proxy.port}/dev${path}`;
  const bearer = `Authorization: Bearer ${key}`;

  if (isInstalled('curl')) {
    describe('curl', () => {
      const curl = async (...args: string[]): Promise<string> => {
        const { exitCode, output } = await tools.run('curl', ['-sS', '--max-time', '20', ...args]);
        assert.equal(exitCode, 0);
        return output;
      };
      const echoed = async (...args: string[]): Promise<Echoed> => JSON.parse(await curl(...args)) as Echoed;

      it('reads, with the key in the path or in a header', async () => {
        for (const args of [[withKey(tenants)], [withoutKey(tenants), '-H', bearer]]) {
          const output = await curl('-i', ...args);
          assert.match(output, /^HTTP\/1\.1 200 /);
          assert.match(output, /"tenantId":/);
        }
      });

      it('does not pass the key on where it sends its own address', async () => {
        assert.equal((await echoed('-e', withKey('/echo'), '-b', `key=${key}`, withKey('/echo'))).method, 'GET');
      });

      it('sends a body with PUT', async () => {
        const { method, url, length } = await echoed('-X', 'PUT', '--data', '{"a":1}', withKey('/echo?b=%2Fc'));
        assert.deepEqual({ method, url, length }, { method: 'PUT', url: '/echo?b=%2Fc', length: 7 });
      });

      it('uploads a file after 100 Continue, with and without its length', async () => {
        const content = randomBytes(3_000_000);
        const file = join(folder, 'upload');
        await writeFile(file, content);
        const sha256 = createHash('sha256').update(content).digest('hex');
        for (const more of [[], ['-H', 'Transfer-Encoding: chunked']]) {
          const got = await echoed(
            '-T',
            file,
            '-H',
            'Expect: 100-continue',
            '-H',
            bearer,
            ...more,
            withoutKey('/echo'),
          );
          assert.deepEqual(got, { method: 'PUT', url: '/echo', length: content.length, sha256 });
        }
      });

      it('gets a compressed answer unpacked, whether it asks for that or not', async () => {
        assert.equal(await curl('--compressed', withKey('/packed')), 'unpacked');
        assert.equal(await curl(withKey('/packed')), 'unpacked');
      });

      it('speaks HTTP/1.0', async () => {
        const output = await curl('--http1.0', '-i', withKey('/echo'));
        assert.match(output, /^HTTP\/1\.1 200 /);
        assert.doesNotMatch(output, /transfer-encoding: chunked/i);
        assert.match(output, /"method":"GET"/);
      });

      it('offers HTTP/2, and goes on with HTTP/1.1', async () => {
        assert.match(await curl('--http2', '-i', withKey(tenants)), /^HTTP\/1\.1 200 /);
      });

      it('follows redirects within the environment, absolute and relative ones', async () => {
        assert.equal((await echoed('-L', withKey('/moved'))).url, '/echo?moved');
        assert.equal((await echoed('-L', '-H', bearer, withoutKey('/moved'))).url, '/echo?moved');
      });

      it('asks for the head only', async () => {
        assert.match(await curl('-I', withKey('/packed')), /^HTTP\/1\.1 200 /);
      });

      it('gets each event of a stream when it is sent', async () => {
        const seen: string[] = [];
        const { output } = await tools.run('curl', ['-sSN', '--max-time', '20', withKey('/events')], (output) => {
          seen.push(output);
          echo.goOn();
        });
        assert.equal(seen[0], 'data: first\n\n');
        assert.equal(output, 'data: first\n\ndata: second\n\n');
      });

      it('is refused with a sentence where it uses the proxy as its HTTP proxy', async () => {
        const address = `http://127.0.0.1:${proxy.port}`;
        const output = await curl('-i', '--noproxy', '', '-x', address, `${reltio.url}/reltio/status`);
        assert.match(output, /^HTTP\/1\.1 400 [^]*do not set it as the HTTP proxy/);
      });
    });
  }

  const python = ['python3', 'python'].find(isInstalled);
  if (python !== undefined) {
    describe('Python', () => {
      it('reads and writes, over one connection too', async () => {
        const { exitCode, output } = await tools.run(python, [
          '-c',
          script,
          withKey(''),
          String(proxy.port),
          `Bearer ${key}`,
        ]);
        assert.equal(exitCode, 0, tools.received.at(-2));
        assert.deepEqual(JSON.parse(output), {
          tenants: 200,
          posted: ['POST', 7],
          kept: [200, 200, 200],
          connections: 1,
        });
      });
    });
  }

  describe('the client of Java', () => {
    it('offers HTTP/2 with each request, and goes on with HTTP/1.1', async () => {
      const offer = [
        'Connection: Upgrade, HTTP2-Settings',
        'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
        'Upgrade: h2c',
      ];
      const head = [
        `GET ${new URL(withKey(tenants)).pathname} HTTP/1.1`,
        'Content-Length: 0',
        `Host: 127.0.0.1:${proxy.port}`,
      ];
      const connection = await RawConnection.open('127.0.0.1', proxy.port);
      for (const count of [1, 2]) {
        connection.send([...head, ...offer, '', ''].join('\r\n'));
        await connection.receives('tenantId');
        assert.match(connection.received, /^HTTP\/1\.1 200 /, `request ${count}`);
        tools.received.push(connection.received);
        connection.received = '';
      }
      connection.destroy();
    });
  });

  describe('fetch of Node', () => {
    const call = async (path: string, init: RequestInit = {}, address = withKey(path)): Promise<Response> => {
      const response = await fetch(address, init);
      tools.received.push(JSON.stringify([...response.headers]));
      return response;
    };
    const textOf = async (response: Response): Promise<string> => {
      const text = await response.text();
      tools.received.push(text);
      return text;
    };

    it('reads and writes', async () => {
      const headers = { Authorization: `Bearer ${key}` };
      assert.match(await textOf(await call(tenants, { headers }, withoutKey(tenants))), /"tenantId":/);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
        const got = JSON.parse(await textOf(await call('/echo', { method, body: '{}' }))) as Echoed;
        assert.deepEqual([got.method, got.length], [method, 2]);
      }
    });

    it('gets no cookie, and no way into a browser', async () => {
      const { headers } = await call('/echo');
      assert.equal(headers.get('set-cookie'), null);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'");
      assert.equal(headers.get('access-control-allow-origin'), null);
    });

    it('goes on when the token was rejected: another one is requested, and the request repeated', async () => {
      const before = reltio.requests.tokenCalls('refresh_token').length;
      reltio.expireAccessTokens();
      const { status } = await call(tenants);
      const answers = reltio.requests.to(new URL(tenants, reltio.url).pathname).map((request) => request.status);
      assert.deepEqual([status, answers.slice(-2)], [200, [401, 200]]);
      assert.equal(reltio.requests.tokenCalls('refresh_token').length, before + 1);
    });

    it('never sees the token that an environment repeats as it rejects it', async () => {
      reltio.policy.dataApiRefuses = true;
      try {
        for (const method of ['GET', 'POST']) {
          const response = await call('/echo', { method, ...(method === 'POST' ? { body: '{}' } : {}) });
          assert.equal(response.status, 401);
          assert.match(await textOf(response), /"Invalid access token: \*+"/);
        }
      } finally {
        reltio.policy.dataApiRefuses = false;
      }
    });

    it('changes production only after a yes', async () => {
      for (const [environment, status] of [
        ['prod', 403],
        ['live', 200],
      ] as const) {
        const address = withKey('/echo', environment);
        assert.equal((await call('', {}, address)).status, 200);
        const answer = await call('', { method: 'DELETE' }, address);
        assert.equal(answer.status, status, await textOf(answer));
      }
      assert.deepEqual(asked, ['DELETE in prod', 'DELETE in live']);
    });

    it('is told to sign in after a sign-out, and goes on with the same address after a sign-in', async () => {
      const [session] = await core.sessions.list();
      await core.sessions.signOut(session?.id ?? '', 'here');
      const response = await call(tenants);
      assert.equal(response.status, 503);
      assert.equal(response.headers.get('x-reltio-local-proxy'), 'noAccountFits');
      assert.match(await textOf(response), /Run "Reltio: Sign In"/);
      await signIn();
      assert.equal((await call(tenants)).status, 200);
    });
  });

  describe('afterwards', () => {
    it('no token or password is in what tools and the log have, and Reltio has not received the key', () => {
      const seen = [...tools.received, log.text].join('\n');
      const { name, password } = reltio.users.plain;
      const secrets = [...reltio.issuedTokens(), password].flatMap((secret) => [
        secret,
        encodeURIComponent(secret),
        Buffer.from(secret).toString('base64').replace(/=+$/, ''),
      ]);
      assert.ok(reltio.issuedTokens().length >= 4 && seen.length > 2_000);
      assert.deepEqual(
        secrets.filter((secret) => seen.includes(secret)),
        [],
      );
      assert.ok(!log.text.includes(key) && !log.text.includes('enhancedTenants') && !log.text.includes(name));
      assert.ok(log.lines.some(({ event }) => event === 'local proxy: forwarded'));
      const sent = JSON.stringify([reltio.requests.all, echo.received]);
      assert.match(sent, /enhancedTenants/);
      assert.ok(!sent.includes(key), 'Reltio received the key');
    });
  });
});

const script = `
import http.client, json, sys, urllib.request
address, port, authorization = sys.argv[1:]
tenants = urllib.request.urlopen(address + "/reltio/enhancedTenants").status
posted = json.load(urllib.request.urlopen(address + "/echo", data=b'{"a":1}'))
connection = http.client.HTTPConnection("127.0.0.1", int(port))
kept, sockets = [], set()
for number in range(3):
    connection.request("GET", "/dev/reltio/enhancedTenants", headers={"Authorization": authorization})
    sockets.add(connection.sock.getsockname())
    answer = connection.getresponse()
    answer.read()
    kept.append(answer.status)
print(json.dumps({"tenants": tenants, "posted": [posted["method"], posted["length"]], "kept": kept, "connections": len(sockets)}))
`;
