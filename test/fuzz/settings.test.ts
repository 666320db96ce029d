import assert from 'node:assert/strict';
import fc from 'fast-check';
import { choose } from '../../src/core/network/choice';
import { networkSettings } from '../../src/core/network/networkSettings';
import { checkAddress, isUnder, normaliseSuffix } from '../../src/core/trust/trustedHosts';
import { parseEnvironments } from '../../src/editor/settings/environments';
import { parseTrustedHosts } from '../../src/editor/settings/trustedHostList';
import { networkProblems } from '../../src/editor/settings/networkProblems';
import { openName } from '../../src/editor/settings/openName';
import { settingId } from '../../src/editor/settings/settingTable';
import { simpleSetting, simpleSettingFaults, simpleSettings } from '../../src/editor/settings/simpleSettings';
import { canary, hostileTexts, oddValues } from './hostile';
import { mutated } from './mutations';
import { fuzz } from './fuzz';

const trusted = ['reltio.com', 'acme.com'];
const environments = [
  { name: 'dev', url: 'https://dev.reltio.com' },
  { name: 'corp', url: 'https://api.acme.com', authUrl: 'https://login.acme.com', tenant: 't', production: true },
  { name: 'local', url: 'http://localhost:8080', authUrl: 'http://127.0.0.1:9090', clientId: 'acme' },
];
const network = {
  'reltioAuth.network.proxy': `http://jane:${canary}@proxy.acme.com:8080`,
  'reltioAuth.network.caFile': '/etc/ssl/acme.pem',
  'reltioAuth.network.clientCertificate': { cert: '/c.pem', key: '/k.pem' },
  'http.proxy': 'http://proxy.acme.com:3128',
  'http.proxyAuthorization': `Basic ${canary}`,
  'http.proxySupport': 'override',
  'http.proxyStrictSSL': false,
  'http.noProxy': ['localhost', '.acme.com'],
  'http.fetchAdditionalSupport': true,
  'http.systemCertificates': true,
};

describe('hostile settings', () => {
  fuzz('reltioAuth.environments', mutated(environments), (value) => {
    const { environments: read, faults, ignored } = parseEnvironments(value, trusted);
    for (const { name, url, identityServer, tenant, clientId } of read) {
      assert.ok(name.trim() === name && name !== '' && tenant !== '' && clientId !== '');
      for (const address of [url, identityServer]) {
        assert.deepEqual(checkAddress(address, trusted), { ok: true, origin: address, host: new URL(address).host });
      }
    }
    assert.equal(new Set(read.map(({ name }) => name)).size, read.length, 'each name once');
    assert.ok(ignored.size <= faults.length);
    const count = Array.isArray(value) ? value.length : 1;
    assert.equal(read.length + faults.length, count, 'each entry is used or reported');
    for (const { message, shareable } of faults) assert.ok(message !== '' && shareable !== '');
    assert.deepEqual(parseEnvironments(read, trusted).environments.map(({ name }) => name).length >= 0, true);
    return faults.length === 0 ? 'accepted' : 'refused';
  });

  fuzz(
    'reltioAuth.trustedHosts',
    mutated(
      ['reltio.com', '*.acme.com', 'login.acme.co.uk'],
      ['acme.com', 'azure.com', 'münchen.example'],
      ['reltio.com', 'github.io'],
    ),
    (value) => {
      const { trusted: read, faults } = parseTrustedHosts(value, openName);
      for (const suffix of read) {
        assert.equal(normaliseSuffix(suffix), suffix);
        assert.equal(openName(suffix, 1), undefined);
        assert.ok(suffix.split('.').length > 1 && isUnder(`x.${suffix}`, [suffix]) && !isUnder(`x${suffix}`, [suffix]));
      }
      assert.equal(read.length + faults.length, Array.isArray(value) ? value.length : 1);
      return faults.length === 0 ? 'accepted' : 'refused';
    },
    { oneIn: 2 },
  );

  fuzz(
    'the network',
    fc.tuple(mutated(network), fc.constantFrom('https://auth.reltio.com', 'http://127.0.0.1:8080/x')),
    ([value, url]) => {
      const read = (name: string): unknown =>
        typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
      const own = {
        proxy: read(settingId('network.proxy')),
        caFile: read(settingId('network.caFile')),
        clientCertificate: read(settingId('network.clientCertificate')),
      };
      const settings = networkSettings(own, (name) => read(`http.${name}`));
      for (const text of [settings.ownProxy, settings.caFile, settings.proxy, settings.proxyAuthorization]) {
        assert.equal(typeof text, 'string');
      }
      for (const { says } of networkProblems(settings).map((problem) => ({ says: problem }))) {
        assert.ok(!says.includes(canary), says);
      }
      const choice = choose(new URL(url), settings, {});
      const shown = choice.client === 'explicit' && choice.route !== 'unreadable' && choice.route.kind === 'proxy';
      if (shown) assert.ok(!choice.route.proxy.host.includes(canary));
      const isWhole = networkProblems(settings).length === 0 && settings.clientCertificate?.key === '/k.pem';
      return isWhole ? 'accepted' : 'refused';
    },
    { least: [0.1, 0.05] },
  );

  const values = fc.constantFrom<unknown>(
    ...hostileTexts,
    ...oddValues,
    28,
    1.5,
    'menu',
    'refresh',
    'keepAlive',
    60,
    90,
  );
  fuzz(
    'settings of one value',
    fc.tuple(fc.constantFrom(...simpleSettings()), values),
    ([name, value]) => {
      const used = simpleSetting(name, value);
      const faults = simpleSettingFaults((asked) => (asked === name ? value : undefined));
      assert.ok(typeof used !== 'number' || (Number.isFinite(used) && used >= 0));
      assert.equal(faults.length === 0, value === undefined || used === value);
      return faults.length === 0 ? 'accepted' : 'refused';
    },
    { least: [0.01, 0.1] },
  );
});
