import assert from 'node:assert/strict';
import { isAccessKey, newAccessKey } from '../../../src/core/localProxy/accessKey';
import { admit, isRefusal, type AdmittedRequest, type RequestHead } from '../../../src/core/localProxy/admission';

const port = 4711;
const key = newAccessKey();
const wrong = newAccessKey();
const host = ['Host', `127.0.0.1:${port}`];

function head(url: string, rawHeaders: readonly string[] = [], more: Partial<RequestHead> = {}): RequestHead {
  return { method: 'GET', url, httpVersion: '1.1', rawHeaders: [...host, ...rawHeaders], ...more };
}

/** What is admitted; or the code and status of the refusal. */
function admission(request: RequestHead, listeningAt = port): AdmittedRequest | string {
  const answer = admit(request, listeningAt, (candidate) => isAccessKey(candidate, key));
  return isRefusal(answer) ? `${answer.status} ${answer.code}` : answer;
}

describe('a request to the local proxy', () => {
  it('costs a stranger no time, whatever is in its headers: the process is that of all extensions', () => {
    const fillers = [' ', '\t', ' a', 'a ', ',', ', h2c', '/', '%2e', '.'].map((one) =>
      one.repeat(30_000 / one.length),
    );
    for (const name of 'Host Origin Authorization Sec-Fetch-Site Upgrade Expect Content-Length Transfer-Encoding'.split(
      ' ',
    )) {
      for (const filler of fillers) {
        const startedAt = performance.now();
        for (const value of [`a${filler}b`, `bearer${filler}b c`, `h2c${filler}b`]) {
          admission(head(`/${filler.replace(/\s/g, '')}`, [name, value]));
          admission(head(`/${key}/dev${filler.replace(/\s/g, '')}`, [name, value]));
        }
        assert.ok(performance.now() - startedAt < 500, `${name}: ${filler.slice(0, 3)}…`);
      }
    }
  });

  describe('is admitted', () => {
    const admitted: readonly (readonly [string, RequestHead, AdmittedRequest])[] = [
      [
        'with the key in its path',
        head(`/${key}/dev/reltio/api/t1/entities?filter=a`),
        { environmentName: 'dev', target: '/reltio/api/t1/entities?filter=a', base: `/${key}/dev` },
      ],
      [
        'with the key in its Authorization header',
        head('/dev/reltio', ['Authorization', `Bearer ${key}`]),
        { environmentName: 'dev', target: '/reltio', base: '/dev' },
      ],
      [
        'with the key in both',
        head(`/${key}/dev/x`, ['authorization', `bearer  ${key} `]),
        { environmentName: 'dev', target: '/x', base: `/${key}/dev` },
      ],
      [
        'for the root of an environment',
        head(`/${key}/dev`),
        { environmentName: 'dev', target: '/', base: `/${key}/dev` },
      ],
      [
        'for the root of an environment, with a query',
        head(`/${key}/dev?a=/../b`),
        { environmentName: 'dev', target: '/?a=/../b', base: `/${key}/dev` },
      ],
      [
        'for an environment whose name must be encoded',
        head(`/${key}/Test%20%C3%BC%2F1/x`),
        { environmentName: 'Test ü/1', target: '/x', base: `/${key}/Test%20%C3%BC%2F1` },
      ],
      ['without an environment', head(`/${key}`), { environmentName: '', target: '/', base: `/${key}/` }],
      ['with an empty environment', head(`/${key}//x`), { environmentName: '', target: '/x', base: `/${key}/` }],
      [
        'with another key than its header has, as the name of an environment that does not exist',
        head(`/${wrong}/dev/x`, ['Authorization', `Bearer ${key}`]),
        { environmentName: wrong, target: '/dev/x', base: `/${wrong}` },
      ],
    ];
    for (const [name, request, expected] of admitted) {
      it(name, () => {
        assert.deepEqual(admission(request), expected);
      });
    }

    const allowed: readonly (readonly [string, RequestHead])[] = [
      ['localhost', head(`/${key}/dev/x`, [], { rawHeaders: ['host', `LocalHost:${port}`] })],
      ['HTTP/1.0', head(`/${key}/dev/x`, [], { httpVersion: '1.0' })],
      ['an address that the user typed into a browser', head(`/${key}/dev/x`, ['Sec-Fetch-Site', 'none'])],
      ['an offer of HTTP/2, as Java makes it', head(`/${key}/dev/x`, ['Connection', 'Upgrade', 'Upgrade', 'h2c'])],
      ['an offer of TLS, as Apache HttpClient makes it', head(`/${key}/dev/x`, ['Upgrade', 'TLS/1.2'])],
      ['Expect: 100-continue', head(`/${key}/dev/x`, ['Expect', '100-Continue'])],
      ['an expectation of an HTTP/1.0 client', head(`/${key}/dev/x`, ['Expect', 'x'], { httpVersion: '1.0' })],
      ['a body of known length', head(`/${key}/dev/x`, ['Content-Length', '3'], { method: 'POST' })],
      ['a chunked body', head(`/${key}/dev/x`, ['Transfer-Encoding', ' Chunked\t'], { method: 'PUT' })],
      ...['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].map(
        (method) => [method, head(`/${key}/dev/x`, [], { method })] as const,
      ),
    ];
    for (const [name, request] of allowed) {
      it(name, () => {
        assert.deepEqual(admission(request), { environmentName: 'dev', target: '/x', base: `/${key}/dev` });
      });
    }

    it('at port 80, where clients leave it out of the host', () => {
      const request = head(`/${key}/dev/x`, [], { rawHeaders: ['Host', '127.0.0.1'] });
      assert.equal(typeof admission(request, 80), 'object');
      assert.equal(admission(request), '403 host');
    });
  });

  describe('is refused', () => {
    const refused: Readonly<Record<string, readonly RequestHead[]>> = {
      '403 host': [
        ...[
          [],
          ['Host', ''],
          ['Host', '127.0.0.1'],
          ['Host', 'localhost'],
          ['Host', '127.0.0.1:80'],
          ['Host', `127.0.0.1:0${port}`],
          ['Host', `127.0.0.1:${port}0`],
          ['Host', `127.0.0.1.:${port}`],
          ['Host', `localhost.:${port}`],
          ['Host', `127.1:${port}`],
          ['Host', `2130706433:${port}`],
          ['Host', `0.0.0.0:${port}`],
          ['Host', `[::1]:${port}`],
          ['Host', `attacker.example:${port}`],
          ['Host', `127.0.0.1:${port}.attacker.example`],
          ['Host', `127.0.0.1:${port}@attacker.example`],
          ['Host', `user@127.0.0.1:${port}`],
          ['Host', `attacker.example/127.0.0.1:${port}`],
          ['Host', `127.0.0.1:${port}, attacker.example`],
          ['Host', `127.0.0.1:${port}#`],
          ['Host', `127.0.0.1:${port}\u00a0`],
          ['Host', `ⓛocalhost:${port}`],
          [...host, ...host],
          [...host, 'Host', 'attacker.example'],
          ['Host', 'attacker.example', 'host', `127.0.0.1:${port}`],
          ['X-Forwarded-Host', `127.0.0.1:${port}`],
        ].map((rawHeaders) => head(`/${key}/dev/x`, [], { rawHeaders })),
        head('/.well-known/oauth-protected-resource', [], { rawHeaders: ['Host', 'attacker.example'] }),
      ],
      '403 origin': [
        ...['null', '', `http://127.0.0.1:${port}`, 'https://attacker.example', 'vscode-webview://x'].map((origin) =>
          head(`/${key}/dev/x`, ['oRiGiN', origin]),
        ),
        ...['cross-site', 'same-site', 'same-origin', 'Cross-Site', '', 'none, cross-site'].map((site) =>
          head(`/${key}/dev/x`, ['Sec-Fetch-Site', site]),
        ),
        head(`/${key}/dev/x`, ['Sec-Fetch-Site', 'none', 'Sec-Fetch-Site', 'cross-site']),
        head(`/wrong/dev/x`, ['Origin', 'null']),
      ],
      '405 method': ['TRACE', 'CONNECT', 'PROPFIND', 'PURGE', 'QUERY', 'get', 'M-SEARCH', '', 'POST '].map((method) =>
        head(`/${key}/dev/x`, [], { method }),
      ),
      '400 absoluteTarget': [
        `http://127.0.0.1:${port}/${key}/dev/x`,
        'http://attacker.example/',
        'HTTPS://dev.reltio.com/x',
        'file:///etc/passwd',
      ].map((url) => head(url)),
      '400 upgrade': ['websocket', 'WebSocket', 'h2c, websocket', 'h2', '', 'TLS', 'h2cx'].map((protocol) =>
        head(`/${key}/dev/x`, ['Connection', 'Upgrade', 'Upgrade', protocol]),
      ),
      '417 expectation': [
        head(`/${key}/dev/x`, ['Expect', 'x']),
        head(`/${key}/dev/x`, ['Expect', '100-continue, x']),
        head(`/${key}/dev/x`, ['Expect', '100-continue', 'expect', 'x']),
      ],
      '400 badRequest': [
        ['Content-Length', '1', 'Content-Length', '1'],
        ['Content-Length', '1', 'content-length', '2'],
        ['Content-Length', '1, 1'],
        ['Content-Length', '+1'],
        ['Content-Length', '-1'],
        ['Content-Length', '0x1'],
        ['Content-Length', ''],
        ['Content-Length', '1', 'Transfer-Encoding', 'chunked'],
        ['Transfer-Encoding', 'chunked', 'Transfer-Encoding', 'chunked'],
        ['Transfer-Encoding', 'gzip, chunked'],
        ['Transfer-Encoding', 'identity'],
        ['Transfer-Encoding', 'xchunked'],
        ['Transfer-Encoding', '\u000bchunked'],
      ].map((headers) => head(`/${key}/dev/x`, headers, { method: 'POST' })),
      '401 key': [
        '/',
        '//',
        '/dev/x',
        `/${wrong}/dev/x`,
        `/${key.slice(0, -1)}/dev/x`,
        `/${key}A/dev/x`,
        `//${key}/dev/x`,
        `/./${key}/dev/x`,
        `/x/../${key}/dev/x`,
        `/%2e/${key}/dev/x`,
        `/?${key}`,
        `/;${key}/dev/x`,
        `/register`,
        `/.well-knownx`,
      ].map((url) => head(url)),
      '401 authorization': [
        ['Authorization', `Bearer ${wrong}`],
        ['Authorization', 'Bearer'],
        ['Authorization', ''],
        ['Authorization', key],
        ['Authorization', `Basic ${key}`],
        ['Authorization', `Bearer ${key} ${key}`],
        ['Authorization', `Bearer ${key},Bearer x`],
        ['Authorization', `Bearer ${key}`, 'Authorization', `Bearer ${key}`],
        ['Authorization', `Bearer ${key}`, 'authorization', 'Basic x'],
      ].flatMap((headers) => [head('/dev/x', headers), head(`/${key}/dev/x`, headers)]),
      '404 noOAuth': [
        '/.well-known/oauth-protected-resource',
        '/.well-known/oauth-protected-resource/dev/ai/tools/mcp/',
        '/.well-known',
        '/.well-known?x',
        `/.well-known/openid-configuration/${key}/dev`,
      ].map((url) => head(url)),
      '400 target': [
        '*',
        'x',
        '',
        '?x',
        `/${key}/dev/..`,
        `/${key}/dev/../test/x`,
        `/${key}/../dev/x`,
        `/${key}/./dev/x`,
        `/${key}/%2e%2e/x`,
        `/${key}/..%2fdev/x`,
        `/${key}/dev%5c../x`,
        `/${key}/dev\\x`,
        `/${key}\\dev/x`.replace(`${key}\\`, `${key}/\\`),
        `/${key}/dev%/x`,
        `/${key}/%ff/x`,
        `/${key}/dev%00/x`,
        `/${key}/dev/x#y`,
        `/${key}/dev#/x`,
        `/${key}/dev?x#y`,
      ].map((url) => head(url)),
    };
    for (const [expected, requests] of Object.entries(refused)) {
      it(`with ${expected}`, () => {
        for (const request of requests) {
          const answer = admission(request);
          assert.equal(answer, expected, JSON.stringify([request.method, request.url, request.rawHeaders]));
        }
      });
    }

    it('of another version of HTTP', () => {
      for (const httpVersion of ['0.9', '1.2', '2.0', '']) {
        assert.equal(admission(head(`/${key}/dev/x`, [], { httpVersion })), '400 badRequest');
      }
    });

    it('with the key in neither place, before anything is said about the environment or the path', () => {
      for (const path of ['dev/x', 'unknown/x', 'dev/../x', 'dev\\x', '%ff/x']) {
        assert.equal(admission(head(`/${wrong}/${path}`)), '401 key');
        assert.equal(admission(head(`/${path}`, ['Authorization', `Bearer ${wrong}`])), '401 authorization');
      }
    });
  });
});
