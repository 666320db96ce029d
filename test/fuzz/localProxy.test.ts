import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isAccessKey, newAccessKey } from '../../src/core/localProxy/accessKey';
import { admit, isRefusal } from '../../src/core/localProxy/admission';
import { brokenRequestCode } from '../../src/core/localProxy/connections/brokenRequest';
import { isSameState, parseState, stateText } from '../../src/core/localProxy/election/stateText';
import { refusal } from '../../src/core/localProxy/refusal';
import { checkedTarget, decodedName, upstreamUrl } from '../../src/core/localProxy/target';
import { mcpClients } from '../../src/features/localProxy/mcp/mcpClients';
import { mcpConfiguration } from '../../src/features/localProxy/mcp/mcpConfiguration';
import { addressSegment } from '../../src/features/localProxy/addressSegment';
import { fuzz } from './fuzz';
import { hostileTexts } from './hostile';
import { mutatedString, mutatedText } from './mutations';

const port = 4711;
const key = newAccessKey();
const environment = 'https://dev.reltio.com';
const paths = [
  '/reltio/api/AcmeDev01/entities/0a1b',
  '/reltio/api/AcmeDev01/entities?filter=(equals(type,%27x%27))&max=10',
  '/a/../b',
  '/a/%2e%2e/%2e%2e/x',
  '/a/..%2f..%2fx',
  '/a/%252e%252e/%252e%252e/x',
  '/a;x=1/..;/..;/x',
  '/\\..\\x',
  '//evil.example/x',
  '/x?url=https://evil.example#y',
];
const target = mutatedString(...paths);
const header = fc.tuple(
  fc.constantFrom('Host', 'Origin', 'Authorization', 'Upgrade', 'Expect', 'Content-Length', 'Transfer-Encoding', 'X'),
  mutatedString(
    `127.0.0.1:${port}`,
    `localhost:${port}`,
    `Bearer ${key}`,
    'https://evil.example',
    'websocket',
    '100-continue',
    '12',
    'chunked',
  ),
);

/** The steps of a path in the readings of a server that decodes it once or twice, or ignores what follows a `;`. */
function depths(path: string): readonly number[] {
  const readings = [path, decodedTimes(path, 1), decodedTimes(path, 2)];
  return readings.flatMap((reading) => {
    let depth = 0;
    return reading.split(/[\\/]/).map((segment) => {
      const [name] = segment.split(';', 1);
      depth += name === '..' ? -1 : segment === '' || name === '.' ? 0 : 1;
      return depth;
    });
  });
}

function decodedTimes(path: string, times: number): string {
  const once = path.replace(/%([0-7][\da-f])/gi, (_all, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return times === 1 ? once : decodedTimes(once, times - 1);
}

describe('hostile requests to the local proxy', () => {
  fuzz('a path and query', target, (text) => {
    const [path = '', ...query] = text.split('?');
    const checked = checkedTarget(path, query.length === 0 ? '' : `?${query.join('?')}`);
    if (checked === undefined) return 'refused';
    const url = new URL(upstreamUrl(environment, checked));
    assert.deepEqual([url.origin, url.hash, url.username], [environment, '', '']);
    assert.match(checked, /^[\x21-\x7e]*$/);
    assert.ok(
      depths(path).every((depth) => depth >= 0),
      'no server climbs out of the environment',
    );
    assert.equal(checkedTarget(url.pathname, url.search), checked, 'unchanged when checked again');
    return 'accepted';
  });

  fuzz(
    'the name of an environment',
    mutatedString('dev', 'acme%20test', '%2e%2e', 'a%2Fb', '%C3%BC', '%zz'),
    (text) => {
      const name = decodedName(text);
      if (name === undefined) return 'refused';
      assert.ok(!/\p{Cc}/u.test(name) && !name.split(/[\\/]/).includes('..'));
      assert.equal(decodedName(addressSegment(name)), name, 'unchanged when written and read again');
      return 'accepted';
    },
  );

  fuzz(
    'a whole head: nothing is admitted without the key and our own host',
    fc.record({
      start: fc.constantFrom(`/${key}/dev`, `/${key}/dev`, '/dev', `/${newAccessKey()}/dev`, `http://x/${key}/dev`, ''),
      target,
      method: fc.constantFrom('GET', 'GET', 'POST', 'CONNECT', 'TRACE', 'get', ''),
      httpVersion: fc.constantFrom('1.1', '1.1', '1.0', '0.9', '2.0'),
      own: fc.constantFrom(
        [],
        ['Host', `127.0.0.1:${port}`],
        ['Host', `127.0.0.1:${port}`],
        ['host', `LOCALHOST:${port}`],
      ),
      headers: fc.oneof(fc.constant<[string, string][]>([]), fc.array(header, { maxLength: 2 })),
    }),
    ({ start, target: path, method, httpVersion, own, headers }) => {
      const rawHeaders = [...own, ...headers.flat()];
      const url = start + path;
      const admission = admit({ method, url, httpVersion, rawHeaders }, port, (one) => isAccessKey(one, key));
      const named = (word: string): string[] =>
        rawHeaders.flatMap((value, at) => (at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === word ? [value] : []));
      if (isRefusal(admission)) {
        assert.deepEqual(admission, refusal(admission.code as Parameters<typeof refusal>[0]));
        assert.ok(!admission.sentence.includes(key));
        return 'refused';
      }
      assert.match(
        named('host')
          .map((one) => one.trim())
          .join(),
        /^(127\.0\.0\.1|localhost):4711$/i,
      );
      assert.ok(url.includes(key) || named('authorization').join().includes(key));
      assert.equal(named('origin').length, 0);
      assert.ok(new URL(upstreamUrl(environment, admission.target)).origin === environment);
      assert.ok(['GET', 'POST'].includes(method) && httpVersion.startsWith('1.'));
      return 'accepted';
    },
    { least: [0.01, 0.5] },
  );

  const codes = [
    'HPE_HEADER_OVERFLOW',
    'HPE_INVALID_METHOD',
    'HPE_INVALID_URL',
    'ERR_HTTP_REQUEST_TIMEOUT',
    'ECONNRESET',
  ];
  fuzz(
    'bytes that are no HTTP',
    fc.tuple(fc.constantFrom(...codes), mutatedString('PROPFIND /x HTTP/1.1\r\nHost: x\r\n\r\n', 'G@T / HTTP/1.1\r\n')),
    ([code, packet]) => {
      const known = brokenRequestCode(Object.assign(new Error(packet), { code, rawPacket: Buffer.from(packet) }));
      assert.ok(known === undefined || refusal(known).status >= 400);
      return known === undefined ? 'refused' : 'accepted';
    },
  );
});

describe('hostile files and names of the local proxy', () => {
  const listener = { id: 'a-b-c', pid: 4_321 };
  const state = { version: 1, agreed: true, wanted: true, port: 4_711, account: 'jane', listener };
  fuzz('the file about the window that listens', mutatedText(state, { ...state, version: 2 }), (text) => {
    const parsed = parseState(text);
    if (typeof parsed === 'string') return 'refused';
    const { agreed, wanted, port: number = 1, listener: window = listener } = parsed;
    assert.ok(agreed || !wanted, 'nothing listens without a yes');
    assert.ok(Number.isInteger(number) && number > 0 && number < 65_536);
    assert.ok(Number.isSafeInteger(window.pid) && window.pid > 0, 'a signal reaches no group of processes');
    const again = parseState(stateText(parsed));
    assert.ok(typeof again !== 'string' && isSameState(again, parsed), 'unchanged when written and read again');
    return 'accepted';
  });

  const names = fc.array(fc.oneof(mutatedString('dev', 'acme test'), fc.constantFrom(...hostileTexts)), {
    minLength: 1,
    maxLength: 4,
  });
  fuzz(
    'an MCP configuration',
    fc.tuple(fc.constantFrom(...mcpClients), names),
    ([client, environments]) => {
      const servers = environments.map((environmentName) => ({
        environmentName,
        url: `http://127.0.0.1:${port}/${addressSegment(environmentName)}/ai/tools/mcp/`,
      }));
      const text = mcpConfiguration(client, servers, key);
      const entries = client.format === 'toml' ? tomlTables(text) : jsonEntries(text, client.list);
      assert.equal(entries.length, environments.length, 'no name is lost, and none makes a second entry');
      assert.ok(
        entries.every((name) => /^reltio-[\w-]{1,40}$/.test(name)),
        text,
      );
      return entries.every((name) => !name.startsWith('reltio-environment')) ? 'accepted' : 'refused';
    },
    { oneIn: 2 },
  );
});

function jsonEntries(text: string, list: string): readonly string[] {
  const { [list]: entries = {} } = JSON.parse(text) as Record<string, Record<string, unknown>>;
  return Object.keys(entries);
}

/** Every line of it is one that we meant to write. */
function tomlTables(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    assert.match(
      line,
      /^(\[mcp_servers\.[\w-]+\]|url = "[^"\\]*"|http_headers = \{ Authorization = "Bearer [\w-]+" \}|)$/,
    );
    const [, name] = /^\[mcp_servers\.(.*)\]$/.exec(line) ?? [];
    return name === undefined ? [] : [name];
  });
}
