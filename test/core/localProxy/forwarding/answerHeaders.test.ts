import assert from 'node:assert/strict';
import { headersForClient } from '../../../../src/core/localProxy/forwarding/answerHeaders';
import type { HeaderList } from '../../../../src/core/localProxy/upstream';

const added = [
  ['X-Content-Type-Options', 'nosniff'],
  ['Referrer-Policy', 'no-referrer'],
  ['Content-Security-Policy', "sandbox; default-src 'none'"],
];

function passed(headers: HeaderList, status = 200): string[][] {
  const flat = headersForClient(headers, status, (_name, value) => value);
  return flat.flatMap((name, index) => (index % 2 === 0 ? [[name, flat[index + 1] ?? '']] : []));
}

describe('the headers that the local proxy passes back', () => {
  it('are those of the environment, in their order, with duplicates, and three for browsers', () => {
    const headers = [
      ['Content-Type', 'text/html'],
      ['Link', '<a>'],
      ['cache-control', 'max-age=60'],
      ['Link', '<b>'],
      ['Mcp-Session-Id', '1'],
      ['Content-Length', '12'],
    ] as const;
    assert.deepEqual(passed(headers), [...headers, ...added]);
  });

  const left =
    'Set-Cookie Set-Cookie2 Alt-Svc Strict-Transport-Security Access-Control-Allow-Origin access-control-max-age Connection ' +
    'Keep-Alive Proxy-Authenticate Proxy-Authentication-Info Proxy-Connection TE Trailer Transfer-Encoding Upgrade ' +
    'Content-Security-Policy Content-Security-Policy-Report-Only Reporting-Endpoints Report-To NEL Clear-Site-Data ' +
    'X-Content-Type-Options Referrer-Policy X-Reltio-Local-Proxy';
  for (const name of left.split(' ')) {
    it(`are without ${name}, in any case`, () => {
      assert.deepEqual(passed([[name, 'x'], [name.toLowerCase(), 'x'], [name.toUpperCase(), 'x']]), added); // prettier-ignore
    });
  }

  it('are without those that Connection names', () => {
    assert.deepEqual(passed([['Connection', 'close, x-one'], ['X-One', '1']]), added); // prettier-ignore
  });

  it('send no MCP client to a sign-in of its own', () => {
    for (const [challenge, expected] of [
      ['Bearer resource_metadata="https://a/b"', 'Bearer'],
      ['Bearer Resource_Metadata="https://a/b", scope="c"', 'Bearer scope="c"'],
      ['Bearer error="invalid_token", resource_metadata="https://a/b"', 'Bearer error="invalid_token"'],
      ['Bearer realm="r",resource_metadata="", error="e"', 'Bearer realm="r",error="e"'],
      ['Basic realm="resource_metadata"', 'Basic realm="resource_metadata"'],
      ['Bearer resource_metadata=https://a/b, scope="c"', 'Bearer scope="c"'], // MCP's own SDK reads it without quotes too
      ['Bearer scope="c", resource_metadata = "https://a/b"', 'Bearer scope="c"'],
      ['Bearer resource_metadata="https://a/b', 'Bearer'],
      ['Bearer resource_metadata="a,b\\",c", scope="c"', 'Bearer scope="c"'],
    ] as const) {
      assert.deepEqual(passed([['WWW-Authenticate', challenge]], 401), [['WWW-Authenticate', expected], ...added]);
    }
  });

  it('have one length, or none that could mislead', () => {
    const lengths = (...values: string[]) => values.map((value) => ['content-length', value] as const);
    assert.deepEqual(passed(lengths('0')), [['content-length', '0'], ...added]);
    assert.deepEqual(passed(lengths('5'), 304), [['content-length', '5'], ...added]);
    for (const [headers, status] of [
      [lengths('5', '6'), 200],
      [lengths('5, 5'), 200],
      [lengths('+5'), 200],
      [lengths('0'), 204],
      [lengths('5'), 205],
    ] as const) {
      assert.deepEqual(passed(headers, status), added);
    }
  });

  it('keep each byte of a name in another script, and leave out what Node would refuse', () => {
    assert.deepEqual(passed([['X-Name', 'Zoë → 日本'], ['X-Old', 'caf\xe9'], ['X-Bad', 'a\r\nb'], ['X-Tab', 'a\tb'], ['X Bad', '1']]), [
      ['X-Name', Buffer.from('Zoë → 日本').toString('latin1')],
      ['X-Old', 'caf\xe9'],
      ['X-Tab', 'a\tb'],
      ...added,
    ]); // prettier-ignore
  });

  it('are edited by their name in lower case', () => {
    const edited = headersForClient([['LOCATION', '/a']], 302, (name, value) => `${name} ${value}`);
    assert.deepEqual(edited.slice(0, 2), ['LOCATION', 'location /a']);
  });
});
