import assert from 'node:assert/strict';
import { shouldBypassProxy } from '../../../src/core/network/noProxy';

describe('http.noProxy', () => {
  const table: [url: string, entries: string[], without: boolean][] = [
    ['https://auth.reltio.com', [], false],
    ['https://auth.reltio.com', ['', ' '], false],
    ['https://auth.reltio.com', ['*'], true],
    ['https://auth.reltio.com', ['reltio.com'], true],
    ['https://auth.reltio.com', ['.reltio.com'], true],
    ['https://auth.reltio.com', [' RELTIO.com '], true],
    ['https://reltio.com', ['.reltio.com'], true],
    ['https://evilreltio.com', ['reltio.com'], false],
    ['https://auth.reltio.com', ['acme.com', 'auth.reltio.com:443'], true],
    ['https://auth.reltio.com', ['auth.reltio.com:8443'], false],
    ['https://auth.reltio.com:8443', ['auth.reltio.com:8443'], true],
    ['http://auth.reltio.com', ['auth.reltio.com:80'], true],
    ['https://auth.reltio.com', [':443'], false],
  ];
  for (const [url, entries, without] of table) {
    it(`${url} ${without ? 'skips' : 'uses'} the proxy for ${JSON.stringify(entries)}`, () => {
      assert.equal(shouldBypassProxy(new URL(url), entries), without);
    });
  }
});
