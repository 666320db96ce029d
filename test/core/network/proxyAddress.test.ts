import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isUsedByVsCode, parseProxy } from '../../../src/core/network/proxyAddress';

describe('the address of a proxy', () => {
  const read: Record<string, string> = {
    'http://proxy.acme.com:8080': 'http://proxy.acme.com:8080',
    'http://proxy.acme.com:8080/': 'http://proxy.acme.com:8080',
    'HTTPS://Proxy.acme.com': 'https://proxy.acme.com',
    'http://jane:2024%23pw@proxy.acme.com:8080': 'http://proxy.acme.com:8080',
    'http://ACME%5Cjane:pw@proxy.acme.com/': 'http://proxy.acme.com',
    'http://jane@acme.com:pw@proxy.acme.com': 'http://proxy.acme.com',
    'http://[::1]:8080': 'http://[::1]:8080',
  };
  for (const [text, origin] of Object.entries(read)) {
    it(`is parsed: ${text}`, () => {
      assert.equal(parseProxy(text)?.origin, origin);
    });
  }

  const refused = [
    'http://jane:2024#pw@proxy.acme.com:8080',
    'http://jane:2024?pw@proxy.acme.com:8080',
    'http://jane:2024/pw@proxy.acme.com:8080',
    'http://ACME\\jane:pw@proxy.acme.com',
    'http://jane:20%@proxy.acme.com',
    'http://jane:20 24@proxy.acme.com',
    'http://jane:20\u00A024@proxy.acme.com',
    'http://jane:20\t24@proxy.acme.com',
    'http://jane:20\n24@proxy.acme.com',
    'http://jane:20\u000124@proxy.acme.com',
    'http://jane:20\u008524@proxy.acme.com',
    'http://proxy.acme.com:8080/proxy.pac',
    'http://proxy.acme.com:8080//',
    'http://proxy.acme.com?x',
    'http://proxy.acme.com#',
    'http://jane:pw@',
    'http://',
    'http:///proxy.acme.com',
    'http:proxy.acme.com',
    'proxy.acme.com:8080',
    'socks5://proxy.acme.com:1080',
    '',
  ];
  for (const text of refused) {
    it(`is refused: ${JSON.stringify(text)}`, () => {
      assert.equal(parseProxy(text), undefined);
    });
  }

  it('never has a user name or a part of a password as its host', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab0#?/\\@%:. \t[]&=+~'), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(word, word, (user, password) => {
        const proxy = parseProxy(`http://${user}:${password}@proxy.acme.com:8080`);
        if (proxy !== undefined) assert.equal(proxy.host, 'proxy.acme.com:8080');
      }),
      { numRuns: 3000 },
    );
  });

  it('is parsed with any user name and password that are percent-encoded', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(word, word, (user, password) => {
        const inAddress = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
        const proxy = parseProxy(`http://${inAddress}@proxy.acme.com:8080`);
        const sent = Buffer.from(proxy?.authorization?.slice('Basic '.length) ?? '', 'base64').toString();
        assert.deepEqual([proxy?.host, sent], ['proxy.acme.com:8080', `${user}:${password}`]);
      }),
    );
  });

  it('is used by VS Code if its proxy resolver knows the scheme, parsable or not', () => {
    for (const text of [
      'http://x#y',
      'HTTPS://x',
      'socks://x',
      'socks4://x',
      'socks4a://x',
      'socks5://x',
      'SOCKS5h://x',
    ]) {
      assert.ok(isUsedByVsCode(text), text);
    }
    for (const text of ['', 'proxy.acme.com:8080', 'http:proxy', 'ftp://x', 'socks6://x']) {
      assert.ok(!isUsedByVsCode(text), text);
    }
  });
});
