import assert from 'node:assert/strict';
import { openName } from '../../../src/editor/settings/openName';
import { parseTrustedHosts } from '../../../src/editor/settings/trustedHostList';

describe('reltioAuth.trustedHosts', () => {
  it('accepts suffixes as users write them', () => {
    const { trusted: read, problems } = parseTrustedHosts(['Reltio.com', '.acme.example', '*.corp.acme.com'], openName);
    assert.deepEqual(read, ['reltio.com', 'acme.example', 'corp.acme.com']);
    assert.deepEqual(problems, []);
  });

  for (const [entry, sentence] of [
    ['com', /at least two parts/],
    ['10.0.0.1', /at least two parts/],
    ['https://acme.com', /at least two parts/],
    ['acme.com:443', /at least two parts/],
    ['', /at least two parts/],
    ['co.uk', /anyone can get a host under "co\.uk"/],
    ['github.io', /anyone can get a host under "github\.io"\. Use your own domain\.$/],
    ['cloudfront.net', /anyone can get a host under "cloudfront\.net"/],
    ['web.core.windows.net', /anyone can get a host under "web\.core\.windows\.net"/],
    [
      'windows.net',
      /^reltioAuth\.trustedHosts: anyone can get a host under some of the names below "windows\.net"\. Write the full name of your identity server, such as "auth\.acme\.windows\.net"\.$/,
    ],
    ['*.azure.com', /some of the names below "azure\.com"/],
    ['AmazonAWS.com.', /some of the names below "amazonaws\.com"/],
  ] as const) {
    it(`refuses "${entry}" with a sentence`, () => {
      const { trusted: read, problems } = parseTrustedHosts([entry], openName);
      assert.deepEqual(read, []);
      assert.match(problems[0] ?? '', sentence);
    });
  }

  it('repeats no password of an address', () => {
    for (const entry of ['https://jane:2024#pw@acme.com', 'ACME\\jane', 'jane@acme.com', 'jane:pw@com']) {
      const { faults } = parseTrustedHosts(['reltio.com', entry], openName);
      assert.deepEqual(
        faults.map(({ message }) => message),
        ['Entry 2 of reltioAuth.trustedHosts is not a host name with at least two parts. Write it like "acme.com".'],
      );
    }
  });

  it('trusts no host when it is not a list', () => {
    const { trusted: read, problems } = parseTrustedHosts('reltio.com', openName);
    assert.deepEqual([read.length, problems.length], [0, 1]);
  });

  it('can report each fault by number, without its value', () => {
    const hosts = parseTrustedHosts(['reltio.com', 'hunter2', 'github.io', 'azure.com'], openName).faults;
    assert.deepEqual(
      hosts.map(({ shareable }) => shareable),
      [
        'Entry 2 of reltioAuth.trustedHosts is not a host name with at least two parts. Write it like "acme.com".',
        'Entry 3 of reltioAuth.trustedHosts is a name under which anyone can get a host. Use your own domain.',
        'Entry 4 of reltioAuth.trustedHosts has names below it under which anyone can get a host. Write the full name of your identity server.',
      ],
    );
  });
});
