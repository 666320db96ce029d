import assert from 'node:assert/strict';
import { locationForClient } from '../../../../src/core/localProxy/forwarding/redirects';

const url = 'https://dev.reltio.com/ai/tools/mcp?x=1';
const proxied = 'http://127.0.0.1:4000/key/dev%20two';

describe('the redirects of the local proxy', () => {
  const cases: readonly (readonly [location: string, expected: string])[] = [
    ['https://dev.reltio.com/ai/tools/mcp/', `${proxied}/ai/tools/mcp/`],
    ['HTTPS://DEV.reltio.com:443/a?b=c#d', `${proxied}/a?b=c#d`],
    ['/ai/tools/mcp/', `${proxied}/ai/tools/mcp/`],
    ['mcp/', `${proxied}/ai/tools/mcp/`],
    ['?y=2', `${proxied}/ai/tools/mcp?y=2`],
    ['//dev.reltio.com/z', `${proxied}/z`],
    ['../../../../../up', `${proxied}/up`],
    ['https://dev.reltio.com', `${proxied}/`],
    ['https://dev.reltio.com/%2e%2e/%2F', `${proxied}/%2F`],
    ['https://dev.reltio.com.evil.example/a', 'https://dev.reltio.com.evil.example/a'],
    ['https://dev.reltio.com:444/a', 'https://dev.reltio.com:444/a'],
    ['http://dev.reltio.com/ai/tools/mcp/', `${proxied}/ai/tools/mcp/`], // what Starlette writes behind a gateway
    ['http://dev.reltio.com:80/a', `${proxied}/a`],
    ['http://dev.reltio.com:8080/a', 'http://dev.reltio.com:8080/a'],
    ['http://dev.reltio.com.evil.example/a', 'http://dev.reltio.com.evil.example/a'],
    ['ftp://dev.reltio.com/a', 'ftp://dev.reltio.com/a'],
    ['https://login.reltio.com/?next=/', 'https://login.reltio.com/?next=/'],
    ['//evil.example/a', '//evil.example/a'],
    ['\\\\evil.example\\a', '\\\\evil.example\\a'],
    ['mailto:someone@acme.com', 'mailto:someone@acme.com'],
    ['http://[', 'http://['],
    ['', ''],
  ];
  for (const [location, expected] of cases) {
    it(`turn "${location}" into "${expected}"`, () => {
      assert.equal(locationForClient(location, url, proxied), expected);
    });
  }

  it('keep the way from an environment without TLS to one with it', () => {
    const plain = 'http://localhost:8080/a';
    assert.equal(locationForClient('https://localhost:8080/a', plain, proxied), 'https://localhost:8080/a');
  });
});
