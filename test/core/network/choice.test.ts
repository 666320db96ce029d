import assert from 'node:assert/strict';
import fc from 'fast-check';
import { choose, type Choice } from '../../../src/core/network/choice';
import {
  type NetworkSettings,
  networkSettings,
  defaultNetworkSettings,
} from '../../../src/core/network/networkSettings';

const server = new URL('https://auth.reltio.com/oauth/token');
const proxy = 'http://proxy.acme.com:8080';
const files = { cert: '/c.pem', key: '/k.pem' };

function chosen(settings: Partial<NetworkSettings>, env: NodeJS.ProcessEnv = {}, url = server): Choice {
  return choose(url, { ...defaultNetworkSettings, ...settings }, env);
}

function route(choice: Choice): string {
  if (choice.client === 'host') return 'host';
  if (choice.route === 'unreadable') return 'unreadable';
  return choice.route.kind === 'direct' ? 'direct' : choice.route.proxy.origin;
}

describe('the choice of the client', () => {
  const table: [
    what: string,
    settings: Partial<NetworkSettings>,
    env: NodeJS.ProcessEnv,
    why: string,
    route: string,
  ][] = [
    ['nothing set', {}, {}, 'usual', 'host'],
    ['http.proxy', { proxy }, {}, 'usual', 'host'],
    ['http.proxy with a password', { proxy: 'http://jane:pw@proxy.acme.com:8080' }, {}, 'usual', 'host'],
    ['a proxy in the environment', {}, { HTTPS_PROXY: proxy }, 'usual', 'host'],
    ['http.proxySupport off', { proxy, proxySupport: false }, {}, 'usual', 'host'],
    ['http.proxyStrictSSL off without TLS to the proxy', { proxy, proxyStrictSSL: false }, {}, 'usual', 'host'],
    ['http.proxyAuthorization without a proxy', { proxyAuthorization: 'Basic x' }, {}, 'usual', 'host'],
    ['our proxy', { ownProxy: proxy }, {}, 'ownProxy', proxy],
    ['our proxy before http.proxy', { ownProxy: proxy, proxy: 'http://other:1' }, {}, 'ownProxy', proxy],
    ['our proxy with http.proxySupport off', { ownProxy: proxy, proxySupport: false }, {}, 'ownProxy', proxy],
    ['a CA file', { caFile: '/ca.pem' }, {}, 'caFile', 'direct'],
    ['a CA file and http.proxy', { caFile: '/ca.pem', proxy }, {}, 'caFile', proxy],
    ['a CA file and https_proxy', { caFile: '/ca.pem' }, { https_proxy: proxy }, 'caFile', proxy],
    ['a CA file and HTTP_PROXY', { caFile: '/ca.pem' }, { HTTP_PROXY: proxy }, 'caFile', proxy],
    ['a CA file, http.proxy, support off', { caFile: '/c', proxy, proxySupport: false }, {}, 'caFile', 'direct'],
    ['a CA file and NO_PROXY', { caFile: '/c', proxy }, { NO_PROXY: 'a.b,reltio.com' }, 'caFile', 'direct'],
    ['http.noProxy instead of NO_PROXY', { caFile: '/c', proxy, noProxy: ['x.y'] }, { NO_PROXY: '*' }, 'caFile', proxy],
    ['a client certificate', { clientCertificate: files }, {}, 'clientCertificate', 'direct'],
    ['http.proxyAuthorization', { proxy, proxyAuthorization: 'Basic x' }, {}, 'proxyAuthorization', proxy],
    ['http.fetchAdditionalSupport off', { proxy, fetchAdditionalSupport: false }, {}, 'fetchSupportOff', proxy],
    [
      'an unverified https proxy',
      { proxy: 'https://p:1', proxyStrictSSL: false },
      {},
      'unverifiedProxy',
      'https://p:1',
    ],
    ['verification turned off', {}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }, 'verificationOff', 'direct'],
    ['an address that is none', { ownProxy: 'proxy.acme.com:8080' }, {}, 'ownProxy', 'unreadable'],
    ['a lone % in its password', { ownProxy: 'http://a:%@p:1' }, {}, 'ownProxy', 'unreadable'],
    ['a # in its password', { ownProxy: 'http://jane:2024#pw@proxy.acme.com:1' }, {}, 'ownProxy', 'unreadable'],
    ['a domain before its user name', { caFile: '/c', proxy: 'http://ACME\\jane:pw@p' }, {}, 'caFile', 'unreadable'],
    ['a # in HTTPS_PROXY', { caFile: '/c' }, { HTTPS_PROXY: 'http://jane:2024#pw@p:1' }, 'caFile', 'unreadable'],
  ];
  for (const [what, settings, env, why, way] of table) {
    it(`${what}: ${why}, ${way}`, () => {
      const choice = chosen(settings, env);
      assert.equal(choice.why, why);
      assert.equal(route(choice), way);
    });
  }

  const bad = 'http://jane:2024#pw@proxy.acme.com:8080';
  const usability: [
    what: string,
    settings: Partial<NetworkSettings>,
    env: NodeJS.ProcessEnv,
    url: URL,
    bad: boolean,
  ][] = [
    ['a usable http.proxy', { proxy }, {}, server, false],
    ['an unusable http.proxy', { proxy: bad }, {}, server, true],
    ['an unusable proxy in the environment', {}, { https_proxy: bad }, server, true],
    ['a usable http.proxy before an unusable one in the environment', { proxy }, { HTTP_PROXY: bad }, server, false],
    ['http.proxySupport off', { proxy: bad, proxySupport: false }, {}, server, false],
    ['a host that needs no proxy', { proxy: bad, noProxy: ['reltio.com'] }, {}, server, false],
    ['this machine', { proxy: bad }, {}, new URL('http://127.0.0.1:1'), false],
    ['SOCKS, which is left to VS Code', { proxy: 'socks5://p:1080' }, {}, server, false],
    ['SOCKS in the environment', {}, { HTTPS_PROXY: 'socks5://p:1080' }, server, false],
    ['what VS Code takes for no proxy', { proxy: 'proxy.acme.com:8080' }, {}, server, false],
    ['what VS Code goes past to the environment', { proxy: 'p:8080' }, { HTTPS_PROXY: bad }, server, true],
  ];
  for (const [what, settings, env, url, expected] of usability) {
    it(`knows whether VS Code's proxy cannot be used: ${what}`, () => {
      const choice = chosen(settings, env, url);
      assert.ok(choice.client === 'host');
      assert.equal(choice.hasUnusableProxy, expected);
    });
  }

  it('uses no proxy for a loopback address', () => {
    for (const url of ['https://localhost:1', 'https://127.0.0.1:1', 'http://[::1]:1']) {
      assert.equal(route(chosen({ ownProxy: proxy }, {}, new URL(url))), 'direct', url);
    }
  });

  it('removes user and password from the address and sends them to the proxy only', () => {
    const choice = chosen({ ownProxy: 'http://jane%40acme.com:p%C3%A4ss@proxy.acme.com:8080' });
    assert.ok(choice.client === 'explicit' && choice.route !== 'unreadable' && choice.route.kind === 'proxy');
    assert.equal(choice.route.proxy.origin, proxy);
    const basic = `Basic ${Buffer.from('jane@acme.com:päss').toString('base64')}`;
    assert.equal(choice.route.proxy.authorization, basic);
  });

  it('prefers a password in the address to http.proxyAuthorization', () => {
    const choice = chosen({ ownProxy: 'http://a:b@p:1', proxyAuthorization: 'Basic other' });
    assert.ok(choice.client === 'explicit' && choice.route !== 'unreadable' && choice.route.kind === 'proxy');
    assert.equal(choice.route.proxy.authorization, `Basic ${Buffer.from('a:b').toString('base64')}`);
  });

  it('never uses the host while a setting needs what the host cannot do', () => {
    const text = fc.constantFrom('', proxy, 'https://p:1', 'nonsense');
    const settings = fc.record({
      ownProxy: text,
      caFile: fc.constantFrom('', '/ca.pem'),
      clientCertificate: fc.constantFrom(undefined, files),
      proxy: text,
      proxyAuthorization: fc.constantFrom('', 'Basic x'),
      proxySupport: fc.boolean(),
      proxyStrictSSL: fc.boolean(),
      noProxy: fc.constantFrom([], ['*'], ['reltio.com']),
      fetchAdditionalSupport: fc.boolean(),
      systemCertificates: fc.boolean(),
    });
    fc.assert(
      fc.property(
        settings,
        fc.constantFrom({}, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }),
        (value, env: NodeJS.ProcessEnv) => {
          const cannot =
            value.ownProxy !== '' ||
            value.caFile !== '' ||
            value.clientCertificate !== undefined ||
            !value.fetchAdditionalSupport ||
            env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0';
          const { client } = choose(server, value, env);
          if (cannot) assert.equal(client, 'explicit');
        },
      ),
    );
  });
});

describe('the network settings', () => {
  const unset = { proxy: undefined, caFile: undefined, clientCertificate: undefined };

  it('have their default when they are not set or have the wrong type', () => {
    for (const value of [undefined, null, 12]) {
      const own = { proxy: value, caFile: value, clientCertificate: value };
      assert.deepEqual(
        networkSettings(own, () => value),
        defaultNetworkSettings,
      );
    }
    assert.deepEqual(
      networkSettings({ ...unset, clientCertificate: {} }, () => null),
      defaultNetworkSettings,
    );
  });

  it('keep half a client certificate, so that no connection silently goes without it', () => {
    const read = networkSettings({ ...unset, clientCertificate: { cert: ' /c ' } }, () => undefined);
    assert.deepEqual(read.clientCertificate, { cert: '/c', key: '' });
  });
});
