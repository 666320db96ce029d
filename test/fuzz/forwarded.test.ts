import assert from 'node:assert/strict';
import { validateHeaderValue } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { hasBodyFor, isEventStream, mayRepeatToken, defectOf } from '../../src/core/localProxy/forwarding/answer';
import { headersForClient } from '../../src/core/localProxy/forwarding/answerHeaders';
import { withEndpoint } from '../../src/core/localProxy/forwarding/endpointEvent';
import { TokenMask } from '../../src/core/localProxy/forwarding/masking';
import { locationForClient } from '../../src/core/localProxy/forwarding/redirects';
import { headersToSend, isChange } from '../../src/core/localProxy/forwarding/requestHeaders';
import type { HeaderList } from '../../src/core/localProxy/upstream';
import { decoded } from '../../src/core/network/contentEncoding';
import { decodedBody, isDecodable } from '../../src/core/network/upstream/decodedBody';
import { longToken } from '../fakes/proxiedServer';
import { fuzz } from './fuzz';
import { hostileTexts } from './hostile';
import { mutatedString } from './mutations';

const key = 'K'.repeat(43);
const proxied = `http://127.0.0.1:4711/${key}/dev`;
const url = 'https://dev.reltio.com/reltio/api/AcmeDev01/entities?max=1';
const name = fc.constantFrom(
  ...['Connection', 'Content-Length', 'Set-Cookie', 'Location', 'WWW-Authenticate', 'Access-Control-Allow-Origin'],
  ...['X-Reltio-Local-Proxy', 'Content-Security-Policy', 'X-Trace', 'x trace', 'X\r\nSet-Cookie', '__proto__', 'Te'],
  ...['Cookie', 'Origin', 'Authorization', 'X-HTTP-Method-Override', 'Sec-Fetch-Site'],
);
const value = fc.oneof(
  mutatedString('12', 'keep-alive, X-Trace', 'Bearer resource_metadata="https://evil.example/x", error="a"', longToken),
  fc.constantFrom(...hostileTexts),
);
const headers: fc.Arbitrary<HeaderList> = fc.array(fc.tuple(name, value), { maxLength: 5 });

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

describe('hostile answers to requests of the local proxy', () => {
  fuzz('the headers', fc.tuple(headers, fc.constantFrom(200, 204, 205, 304, 401, 500)), ([list, status]) => {
    const mask = new TokenMask(longToken);
    const sent = headersForClient(list, status, (_name, text) => mask.header(text));
    const names = sent.filter((_one, at) => at % 2 === 0).map((one) => one.toLowerCase());
    for (const [at, text] of sent.entries()) {
      if (at % 2 === 1) assert.doesNotThrow(() => validateHeaderValue('x', text), 'Node sends it');
    }
    for (const kept of ['set-cookie', 'x-reltio-local-proxy', 'access-control-allow-origin', 'connection']) {
      assert.ok(!names.includes(kept), kept);
    }
    assert.equal(names.filter((one) => one === 'content-security-policy').length, 1, 'ours, which runs nothing');
    assert.ok(names.filter((one) => one === 'content-length').length <= 1);
    assert.ok(!sent.join('\n').includes(longToken));
    const challenges = sent.filter((_one, at) => sent[at - 1]?.toLowerCase() === 'www-authenticate' && at % 2 === 1);
    assert.ok(!challenges.join().includes('resource_metadata="https'), 'begins no sign-in of its own');
    const response = { kind: 'response', status, headers: list, body: cut(Buffer.alloc(0), 1) } as const;
    const isRefused = defectOf(response, 'GET', 'dev.reltio.com') !== undefined;
    assert.ok([mayRepeatToken(status, list), isEventStream(list), hasBodyFor('GET', status)].length === 3);
    return isRefused || names.length < 4 ? 'refused' : 'accepted';
  });

  fuzz('the headers of a request', fc.tuple(headers, fc.constantFrom('GET', 'POST')), ([list, method]) => {
    const rawHeaders = list.flat();
    const sent = headersToSend({ method, rawHeaders }, longToken);
    const names = sent.map(([one]) => one.toLowerCase());
    assert.deepEqual(sent.at(-1), ['Authorization', `Bearer ${longToken}`]);
    for (const kept of ['cookie', 'origin', 'connection', 'te', 'sec-fetch-site']) assert.ok(!names.includes(kept));
    assert.equal(names.filter((one) => one === 'authorization').length, 1);
    const overrides = list.some(([one]) => one === 'X-HTTP-Method-Override');
    assert.equal(isChange({ method, rawHeaders }), method === 'POST' || overrides);
    return names.length > 1 ? 'accepted' : 'refused';
  });

  fuzz(
    'the address of a redirect',
    mutatedString(url, '/reltio/x', '../x', '//evil.example', 'http://dev.reltio.com/'),
    (text) => {
      const location = locationForClient(text, url, proxied);
      if (location === text) return 'refused';
      assert.ok(location.startsWith(`${proxied}/`), location);
      const leads = new URL(location);
      assert.deepEqual([leads.origin, leads.pathname.startsWith(`/${key}/dev/`)], ['http://127.0.0.1:4711', true]);
      return 'accepted';
    },
  );

  const events = ['event: endpoint\ndata: /mcp/messages?id=1\n\n', 'event: message\r\ndata: {"a":1}\r\n\r\n', ': x\n'];
  fuzz(
    'an event stream in pieces',
    fc.tuple(mutatedString(...events), fc.integer({ min: 1, max: 40 })),
    async ([text, size]) => {
      const edited = await whole(withEndpoint(cut(Buffer.from(text), size), () => 'EDITED'));
      const inOne = await whole(withEndpoint(cut(Buffer.from(text), 1 << 20), () => 'EDITED'));
      assert.deepEqual(edited, inOne, 'the same however it is cut');
      if (edited.equals(Buffer.from(text))) return 'refused';
      assert.equal(edited.toString().split('EDITED').length, 2, 'one address is changed');
      return 'accepted';
    },
    { oneIn: 2 },
  );

  const written = [longToken, encodeURIComponent(longToken), JSON.stringify(longToken).replaceAll('/', '\\/')];
  const body = mutatedString(
    ...written.map((form) => `{"errorMessage":"Token is invalid: ${form}"}`),
    `%25${encodeURIComponent(encodeURIComponent(longToken))}`,
    longToken.slice(0, 100),
  );
  fuzz(
    'a body that repeats the token',
    fc.tuple(body, fc.integer({ min: 1, max: 300 })),
    async ([text, size]) => {
      const bytes = Buffer.from(text);
      const masked = await whole(new TokenMask(longToken).body(cut(bytes, size)));
      assert.equal(masked.length, bytes.length, 'lengths stay true');
      assert.ok(!masked.includes(longToken) && !masked.includes(encodeURIComponent(longToken)));
      const plain = await whole(new TokenMask(longToken).plainBody(cut(bytes, size)));
      assert.ok(plain.length === bytes.length && !plain.includes(longToken));
      return masked.equals(bytes) ? 'refused' : 'accepted';
    },
    { oneIn: 4 },
  );

  const text = Buffer.from('{"entities":[]}'.repeat(20));
  const bodies = [gzipSync(text), deflateSync(text), deflateRawSync(text), brotliCompressSync(text), text];
  fuzz(
    'an encoded body',
    fc.tuple(
      fc.constantFrom(...bodies),
      fc.array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 255 })), { maxLength: 2 }),
      fc.oneof(
        fc.constantFrom('gzip', 'deflate', 'br', 'gzip, gzip', 'identity', 'gzip,'.repeat(9)),
        mutatedString('gzip', 'x-gzip, deflate'),
      ),
    ),
    async ([encoded, edits, encoding]) => {
      const bytes = Buffer.from(encoded);
      for (const [at, byte] of edits) if (at < bytes.length) bytes[at] = byte;
      try {
        const all = await decoded(bytes, encoding);
        const streamed = isDecodable(encoding) ? await whole(decodedBody(cut(bytes, 7), encoding)) : undefined;
        if (streamed !== undefined) assert.deepEqual(streamed, Buffer.from(all ?? []), 'both read the same');
        return text.equals(all ?? Buffer.alloc(0)) ? 'accepted' : 'refused';
      } catch (error) {
        assert.ok(error instanceof Error && !(error instanceof assert.AssertionError), String(error));
        assert.ok(/^(Z_|ERR_)/.test(String((error as NodeJS.ErrnoException).code)) || /encodings$/.test(error.message));
        return 'refused';
      }
    },
    { least: [0.03, 0.3], oneIn: 4 },
  );
});
