import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HistoryEntry } from '../../../src/core/history/entry';
import { Network } from '../../../src/core/network/network';
import { type NetworkSettings, defaultNetworkSettings } from '../../../src/core/network/networkSettings';
import type { Session } from '../../../src/core/model/session';
import type { Sessions } from '../../../src/core/sessions/sessions';
import { systemClock, type Clock } from '../../../src/core/base/clock';
import { examine, type DiagnosisParts } from '../../../src/features/diagnosis/examine';
import { reportText } from '../../../src/features/diagnosis/report';
import { parseEnvironments } from '../../../src/editor/settings/environments';
import { parseTrustedHosts } from '../../../src/editor/settings/trustedHostList';
import { openName } from '../../../src/editor/settings/openName';
import { simpleSettingFaults } from '../../../src/editor/settings/simpleSettings';
import { type IdentityServer, startIdentityServer } from '../../identity/server';
import { Authority, type Pem } from '../../fakes/authority';
import { startProxy, type ProxyOptions } from '../../fakes/proxy';

const now = Date.UTC(2026, 10, 21, 19, 35);
const canaries = [
  'jane.doe@acme.com',
  'Pa55-Word',
  'T0ken-Access',
  'T0ken-Refresh',
  'Pr0xy-Pass',
  'Header-Secret',
  'Passphrase-1',
];

describe('the diagnosis', () => {
  const authority = Authority.create('Acme Inspection Root');
  let folder: string;
  let cleanUp: (() => Promise<void> | void)[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reltio-diagnosis-'));
    cleanUp = [];
  });
  afterEach(async () => {
    for (const step of cleanUp.reverse()) await step();
    rmSync(folder, { recursive: true });
  });

  async function serve(tls?: Pem): Promise<IdentityServer> {
    const server = await startIdentityServer(tls === undefined ? {} : { tls });
    cleanUp.push(() => server.close());
    return server;
  }

  async function proxied(options: ProxyOptions = {}): Promise<string> {
    const proxy = await startProxy(options);
    cleanUp.push(() => proxy.close());
    return proxy.url;
  }

  const caFile = (): string => {
    writeFileSync(join(folder, 'ca.pem'), authority.cert);
    return join(folder, 'ca.pem');
  };

  const session: Session = {
    id: 's1',
    account: { identityServer: 'https://auth.reltio.com', clientId: 'reltio_ui', user: 'jane.doe@acme.com' },
    method: { kind: 'password' },
    signedInAt: now,
    state: 'signedIn',
    tokens: {
      accessToken: 'T0ken-Access',
      accessTokenReceivedAt: now,
      accessTokenExpiresAt: now + 42 * 60_000,
      expiryKnownAt: now,
      expiryIsEstimate: false,
      refreshAgainAt: 0,
      refreshToken: 'T0ken-Refresh',
      refreshTokenReceivedAt: now,
    },
  };

  interface Wishes {
    readonly settings?: Partial<NetworkSettings>;
    readonly servers?: readonly string[];
    readonly sessions?: readonly Session[];
    readonly lockFolder?: string | undefined;
    readonly problems?: readonly string[];
    readonly inUse?: readonly string[];
    readonly environmentServers?: readonly string[];
    readonly signal?: AbortSignal;
    readonly env?: NodeJS.ProcessEnv;
    readonly after?: Clock['after'];
    readonly passphrase?: () => Promise<string | undefined>;
    readonly list?: () => Promise<readonly Session[]>;
    readonly remoteName?: string;
    readonly entries?: readonly HistoryEntry[];
  }

  const passphrase = (): Promise<string> => Promise.resolve('Passphrase-1');
  const never = (): Promise<never> => new Promise(() => undefined);
  /** Every timer fires at once. */
  const atOnce: Clock['after'] = (_milliseconds, callback) => {
    const timer = setImmediate(callback);
    return () => {
      clearImmediate(timer);
    };
  };

  async function diagnose(wishes: Wishes): Promise<string> {
    const networkSettings = { ...defaultNetworkSettings, ...wishes.settings };
    const network = new Network({
      userAgent: 'test',
      mayReceiveSecrets: () => Promise.resolve(true),
      settings: () => networkSettings,
      passphrase,
      env: wishes.env ?? {},
      onChoice: () => undefined,
    });
    cleanUp.push(() => {
      network.dispose();
    });
    const parts: DiagnosisParts = {
      runtime: {
        runsOn: 'ui',
        remoteName: wishes.remoteName,
        inBrowser: false,
        platform: 'linux 6.1',
        architecture: 'x64',
        language: 'en',
        versions: { Node: '22.0.0' },
      },
      settingsInUse: wishes.inUse ?? [],
      settingProblems: wishes.problems ?? [],
      identityServers: wishes.servers ?? [],
      environmentServers: wishes.environmentServers ?? wishes.servers ?? [],
      networkSettings,
      network,
      passphrase: wishes.passphrase ?? passphrase,
      lockFolder: 'lockFolder' in wishes ? wishes.lockFolder : folder,
      sessions: {
        activity: () => ({ isRefreshing: false, outage: undefined }),
        list: wishes.list ?? (() => Promise.resolve(wishes.sessions ?? [])),
        known: wishes.sessions ?? [],
        problem: undefined,
      } as unknown as Sessions,
      past: { entries: wishes.entries ?? [], refreshTokenDays: 28 },
      clock: { ...systemClock, now: () => now, after: wishes.after ?? systemClock.after },
    };
    const steps: string[] = [];
    const findings = await examine(parts, (step) => steps.push(step), wishes.signal ?? new AbortController().signal);
    assert.ok(steps.length > 0, 'shows progress');
    return reportText(findings, now);
  }

  /** The line about something. */
  const line = (text: string, about: string): string =>
    text.split('\n').find((one) => one.includes(` · ${about}`)) ?? `no line about ${about}:\n${text}`;

  it('reports that nothing is wrong, with a line for each check', async () => {
    const server = await serve();
    const text = await diagnose({ servers: [server.url], sessions: [session] });
    assert.match(line(text, 'Settings'), /^- ✓ OK · .*defaults/);
    assert.match(line(text, 'Route'), /^- ✓ OK · .*VS Code's network support/);
    assert.match(line(text, 'Response'), /^- ✓ OK · .*responds like a Reltio identity server \(HTTP 401/);
    assert.match(line(text, 'Lock folder'), /^- ✓ OK · /);
    assert.match(line(text, 'Extension host'), /^- ✓ OK · .*with your browser and keyring/);
    assert.match(line(text, 'Versions'), /Node 22\.0\.0/);
    assert.match(line(text, 'Account 1 (auth.reltio.com)'), /^- ✓ OK · .*Signed in\. The token expires in 42 min\./);
  });

  it('sends the identity server no credentials', async () => {
    const server = await serve();
    await diagnose({ servers: [server.url], sessions: [session] });
    assert.equal(server.requests.all.length, 1);
    const [request] = server.requests.all;
    assert.equal(request?.headers.authorization, undefined);
    assert.deepEqual(request?.form, {});
  });

  it('names the issuer that inspects TLS, and says what to do if the computer does not trust it', async () => {
    const server = await serve(authority.issue());
    const url = `https://localhost:${server.port}`;
    const trusted = await diagnose({ servers: [url], settings: { caFile: caFile() } });
    assert.match(
      line(trusted, 'Certificate'),
      /^- ! Note · .*`Acme Inspection Root`.*Either your network inspects TLS/,
    );
    assert.match(line(trusted, 'Response'), /^- ✓ OK/);
    const untrusted = await diagnose({ servers: [url] });
    assert.match(line(untrusted, 'Certificate'), /^- \*\*✗ Problem\*\* · .*inspects TLS.*reltioAuth\.network\.caFile/);
    assert.match(line(untrusted, 'Response'), /^- ! Note · .*Not checked/);
    assert.match(untrusted, /One problem was found/);
  });

  it('checks the certificate behind the proxy', async () => {
    const server = await serve(authority.issueExpired());
    const ownProxy = (await proxied({ credentials: 'jane:Pr0xy-Pass' })).replace('//', '//jane:Pr0xy-Pass@');
    const text = await diagnose({
      servers: [`https://auth.reltio.test:${server.port}`],
      settings: { caFile: caFile(), ownProxy },
    });
    assert.match(
      line(text, 'Route'),
      /makes its own connection, because reltioAuth\.network\.proxy is set\. It uses the proxy 127\.0\.0\.1:\d+/,
    );
    assert.match(line(text, 'DNS name (auth.reltio.test'), /^- ! Note · .*usual behind a proxy/);
    assert.match(line(text, 'Certificate'), /Problem.*has expired/);
  });

  it('reports which proxy refuses, and which setting is not a proxy address', async () => {
    const refusing = await diagnose({
      servers: ['https://auth.reltio.test'],
      settings: { ownProxy: await proxied({ refuses: 403 }) },
    });
    assert.match(line(refusing, 'Certificate'), /Problem.*HTTP 403/);
    assert.match(line(refusing, 'Response'), /^- ! Note · .*Not checked/);
    const none = await diagnose({ servers: ['https://auth.reltio.test'], settings: { ownProxy: 'proxy:80' } });
    assert.match(line(none, 'Route'), /Problem.*The proxy address in .* cannot be used/);
    assert.match(none, /One problem was found/);
  });

  const misread = [
    'http://jane.doe:Pr0xy#Pass@proxy.acme.example:8080',
    'http://jane.doe:Pr0xy/Pass@proxy.acme.example:8080',
    'http://jane.doe:Pr0xy?Pass@proxy.acme.example:8080',
    'https://ACME\\jane.doe:Pr0xy-Pass@proxy.acme.example',
    'http://jane.doe:Pr0xy%Pass@proxy.acme.example',
  ];
  const places: Record<string, (address: string) => Wishes> = {
    'reltioAuth.network.proxy': (ownProxy) => ({ settings: { ownProxy } }),
    'http.proxy': (proxy) => ({ settings: { proxy } }),
    'http.proxy, when we connect': (proxy) => ({ settings: { proxy, caFile: caFile() } }),
    HTTPS_PROXY: (address) => ({ env: { HTTPS_PROXY: address } }),
    'HTTPS_PROXY, when we connect': (address) => ({ env: { HTTPS_PROXY: address }, settings: { caFile: caFile() } }),
  };
  for (const [place, wishes] of Object.entries(places)) {
    it(`shows nothing of a proxy address that cannot be used, and says how to write it: ${place}`, async () => {
      for (const address of misread) {
        const text = await diagnose({ servers: ['https://auth.reltio.test'], ...wishes(address) });
        assert.match(line(text, 'Route'), /Problem.*The proxy address in .* cannot be used\. .*# as %23/, address);
        assert.doesNotMatch(text, /jane|doe|Pr0xy|Pass|ACME|acme\.example/, address);
        assert.match(text, /One problem was found/);
      }
    });
  }

  it('does not report a SOCKS proxy as a problem, and does not show it', async () => {
    const servers = ['https://auth.reltio.test'];
    const text = await diagnose({ servers, settings: { proxy: 'socks5://jane:Pr0xy-Pass@proxy.acme.example:1080' } });
    assert.match(line(text, 'Route'), /^- ✓ OK · .*uses the proxy of "http\.proxy" unless "http\.noProxy"/);
    assert.doesNotMatch(text, /jane|Pr0xy|acme\.example/);
  });

  it('reports that VS Code ignores an "http.proxy" that it cannot parse', async () => {
    const text = await diagnose({
      servers: ['https://auth.reltio.test'],
      settings: { proxy: 'proxy.acme.example:8080' },
    });
    assert.match(
      line(text, 'Route'),
      /^- ! Note · .*It cannot use the value of "http\.proxy".*of the environment or the system.*Write it like http/,
    );
    assert.doesNotMatch(text, /acme\.example/);
  });

  it('says why a configured proxy is not used', async () => {
    const server = await serve();
    const text = await diagnose({ servers: [server.url], settings: { ownProxy: 'http://proxy.acme.com:8080' } });
    assert.match(
      line(text, 'Route'),
      /because reltioAuth\.network\.proxy is set\. Connections to this machine never use a proxy\.$/,
    );
    const excepted = await diagnose({
      servers: ['https://auth.reltio.test'],
      settings: { ownProxy: 'http://proxy.acme.com:8080', noProxy: ['auth.reltio.test'] },
    });
    assert.match(line(excepted, 'Route'), /proxy is set\. It uses no proxy here, because "http\.noProxy"/);
  });

  it('reports one cause once', async () => {
    const settings = { caFile: caFile() }; // so that no proxy of the machine can know the name
    const text = await diagnose({ servers: ['https://auth.reltio.test'], settings });
    assert.match(line(text, 'DNS name (auth'), /Problem.*was not found/);
    for (const about of ['Certificate', 'Response']) assert.match(line(text, about), /^- ! Note · .*Not checked/);
    assert.match(text, /One problem was found/);
  });

  it("reports problems with Reltio's own server as notes if no account or environment uses it", async () => {
    const server = await serve();
    const servers = [server.url, 'https://auth.reltio.test'];
    const wishes = { servers, environmentServers: [server.url], settings: { caFile: caFile() } };
    const text = await diagnose(wishes);
    assert.match(line(text, 'Use (auth.reltio.test)'), /^- ! Note · .*You have no environment and no account there/);
    assert.match(line(text, 'DNS name (auth.reltio.test'), /^- ! Note · .*was not found/);
    assert.doesNotMatch(text, /Problem\*\* · [\w ]+\(auth/);
    const account = { ...session.account, identityServer: 'https://auth.reltio.test' };
    const used = await diagnose({ ...wishes, sessions: [{ ...session, account }] });
    assert.match(line(used, 'DNS name (auth.reltio.test'), /Problem/);
  });

  it('recognises an identity server by its challenge if the body was removed', async () => {
    const plain = createServer((_request, response) => {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="oauth2"' }).end();
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    cleanUp.push(
      () =>
        new Promise<void>((resolve) =>
          plain.close(() => {
            resolve();
          }),
        ),
    );
    const text = await diagnose({ servers: [`http://127.0.0.1:${(plain.address() as AddressInfo).port}`] });
    assert.match(line(text, 'Response'), /^- ✓ OK · .*responds like a Reltio identity server \(HTTP 401/);
  });

  it('finds an unknown name, a wrong clock and a captive portal', async () => {
    const nowhere = await diagnose({ servers: ['https://auth.reltio.test'], settings: { proxySupport: false } });
    assert.match(line(nowhere, 'Certificate'), /Problem.*was not found/);
    const server = await serve();
    server.faults.always({ kind: 'captivePortal' });
    const portal = await diagnose({ servers: [server.url] });
    assert.match(line(portal, 'Response'), /Problem.*Something other than Reltio answered/);
    assert.match(line(portal, 'Clock'), /Problem.*(behind|ahead of).*Set the clock/);
  });

  it('finds a storage folder that cannot be written, and says what that means', async () => {
    writeFileSync(join(folder, 'file'), '');
    const text = await diagnose({ lockFolder: join(folder, 'file', 'below') });
    assert.match(line(text, 'Lock folder'), /Problem.*two windows may refresh at once.*globalStorage/);
    assert.match(line(await diagnose({ lockFolder: undefined }), 'Lock folder'), /^- ! Note/);
  });

  it('stops between two steps when the user cancels', async () => {
    const stop = new AbortController();
    stop.abort();
    const server = await serve();
    await assert.rejects(diagnose({ servers: [server.url], signal: stop.signal }), { name: 'AbortError' });
    assert.equal(server.requests.all.length, 0);
  });

  it('reports a pipe in place of a file, and does not block a thread with it', async () => {
    const server = await serve(authority.issue());
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const servers = [`https://localhost:${server.port}`];
    for (let threads = 0; threads < 5; threads++) {
      const text = await diagnose({ servers, settings: { caFile: pipe } });
      assert.match(line(text, 'Certificate'), /Problem.*caFile cannot be used \(NOT_A_FILE\)/);
    }
    const text = await diagnose({ servers, settings: { clientCertificate: { cert: pipe, key: pipe } } });
    assert.match(line(text, 'Certificate'), /Problem.*clientCertificate cannot be used \(NOT_A_FILE\)/);
  });

  const lockedCertificate = (): Partial<NetworkSettings> => {
    const { cert, key } = authority.issue({ passphrase: 'Passphrase-1' });
    const files = { cert: join(folder, 'c.pem'), key: join(folder, 'k.pem') };
    writeFileSync(files.cert, cert);
    writeFileSync(files.key, key);
    return { clientCertificate: files };
  };

  it('waits no longer than its limit for a check that hangs, and names that check', async () => {
    const server = await serve(authority.issue());
    const text = await diagnose({
      servers: [`https://localhost:${server.port}`],
      settings: lockedCertificate(),
      passphrase: never,
      list: never,
      after: atOnce,
    });
    assert.match(
      line(text, 'Certificate'),
      /Problem.*(could not open its secret storage|clientCertificate cannot be used \(ETIMEDOUT\))/,
    );
    assert.match(line(text, 'Storage'), /Problem.*could not open its secret storage/);
  });

  it('stops at once when the user cancels, whatever hangs', async () => {
    const server = await serve(authority.issue());
    for (const wishes of [
      { servers: [`https://localhost:${server.port}`], settings: lockedCertificate(), passphrase: never },
      { list: never },
    ]) {
      const stop = new AbortController();
      const asked = diagnose({ ...wishes, signal: stop.signal });
      await new Promise((resolve) => setTimeout(resolve, 50));
      stop.abort();
      await assert.rejects(asked, { name: 'AbortError' });
    }
  });

  it('reads a certificate whose expiry date is not a date', async () => {
    const server = await serve(authority.issue({ notAfter: 'some day' }));
    const text = await diagnose({ servers: [`https://localhost:${server.port}`], settings: { caFile: caFile() } });
    assert.match(line(text, 'Certificate'), /Problem.*with an expiry date that cannot be read\./);
  });

  it('shows names from outside without links, second lines or reversed text', async () => {
    const evil =
      '[Run](command:x) <b>\n# ![x](https://evil.example/p.png) `code` \u202egpj\u2028\u0007 @reltio #1 https://evil.example www.evil.example ' +
      'x'.repeat(500);
    const hostile = Authority.create(evil);
    const server = await serve(hostile.issue());
    writeFileSync(join(folder, 'evil.pem'), hostile.cert);
    const text = await diagnose({
      servers: [`https://localhost:${server.port}`],
      settings: { caFile: join(folder, 'evil.pem') },
      remoteName: 'ssh`[x](command:y)',
    });
    const shown = line(text, 'Certificate');
    assert.match(shown, /^- ! Note · .*Issued by `[^`]+` under `[^`]+`, valid until/);
    const outside = text.replace(/`[^`\n]*`/g, '');
    assert.doesNotMatch(outside, /evil|command:|<b>|@reltio|\[/);
    assert.doesNotMatch(text, /evil[^`]*:\/\/|[^\n\P{C}]|\u2028/u);
    assert.ok(shown.length < 500, `${shown.length} characters`);
  });

  it('shows no secret, user name or path, wherever they are', async () => {
    const server = await serve(authority.issue());
    const home = join(homedir(), 'jane.doe@acme.com');
    const text = await diagnose({
      servers: [`https://localhost:${server.port}`],
      sessions: [
        session,
        { ...session, id: 's2', state: 'signInAgain' },
        { ...session, id: 's3', state: 'clientRejected' },
      ],
      inUse: ['http.proxy', 'http.proxyAuthorization', 'reltioAuth.network.caFile'],
      problems: [
        ...parseTrustedHosts(
          ['https://jane.doe@acme.com:Pa55-Word@x', 'Pa55-Word', 'Pa55-Word.azure.com', 'azure.com'],
          openName,
        ).faults,
        ...parseEnvironments(
          [
            { name: 'Pa55-Word', url: 'https://jane.doe%40acme.com:Pa55-Word@dev.reltio.com' },
            { name: 'Pa55-Word', url: 'https://dev.reltio.com', 'Pa55-Word': 'jane.doe@acme.com' },
            { name: 'Pa55-Word', url: 'https://Pa55-Word.example' },
            { name: 'Pa55-Word', url: 'https://dev.reltio.com' },
            { name: 'Pa55-Word', url: 'https://dev.reltio.com' },
            'Pa55-Word',
          ],
          ['reltio.com'],
        ).faults,
        ...simpleSettingFaults(() => 'Pa55-Word'),
      ].map(({ shareable }) => shareable),
      settings: {
        ownProxy: 'http://jane.doe%40acme.com:Pr0xy-Pass@proxy.acme.com:8080',
        proxy: 'http://jane.doe%40acme.com:Pr0xy-Pass@proxy.acme.com:8080',
        proxyAuthorization: 'Basic Header-Secret',
        caFile: join(home, 'ca.pem'),
        clientCertificate: { cert: join(home, 'c.pem'), key: join(home, 'k.pem') },
        noProxy: ['Pa55-Word.acme.com'],
      },
      env: { HTTPS_PROXY: 'http://jane.doe%40acme.com:Pr0xy-Pass@other' },
    });
    for (const canary of [...canaries, 'jane', homedir()]) {
      for (const form of [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64')]) {
        assert.ok(!text.includes(form), `${form} in:\n${text}`);
      }
    }
    assert.match(text, /may paste/);
    assert.match(line(text, 'Settings: In'), /reltioAuth\.network\.caFile/);
    for (const sentence of [
      'Entry 1 of reltioAuth.trustedHosts is not a host name',
      'Entry 1 of reltioAuth.environments, "url": remove the user name and password from the address.',
      'Entry 2 of reltioAuth.environments has an unknown field.',
      'Entry 6 of reltioAuth.environments must look like',
      'reltioAuth.refreshTokenDays must be a number from 1 to 3650; 28 is used.',
    ]) {
      assert.ok(text.includes(`- **✗ Problem** · Settings: ${sentence}`), sentence);
    }
    assert.match(line(text, 'Account 2'), /Run "Reltio: Sign In"/);
    assert.match(line(text, 'Account 3'), /Update Client Secret/);
  });
});
