import assert from 'node:assert/strict';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { Network } from '../../../src/core/network/network';
import { type NetworkSettings, defaultNetworkSettings } from '../../../src/core/network/networkSettings';
import type { HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';

const megabyte = 1024 * 1024;
const text = JSON.stringify({ access_token: 'abc'.repeat(100), user: 'Jürgen' });
const plain = Buffer.from(text);

/** One that requests `identity`, and one that requests what it can decode. */
const clients: Readonly<Record<string, Partial<NetworkSettings>>> = {
  'our own client': { fetchAdditionalSupport: false },
  "the host's client": {},
};

type Answer = (response: ServerResponse) => void;

function packed(encoding: string | string[], body: Buffer, status = 200): Answer {
  return (response) => response.setHeader('content-encoding', encoding).writeHead(status).end(body);
}

async function ask(settings: Partial<NetworkSettings>, answer: Answer): Promise<HttpResponse | TransportFailure> {
  const server = createServer((_request, response) => {
    answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const all = { ...defaultNetworkSettings, ...settings };
  const network = new Network({
    userAgent: 'reltio-auth/1 test',
    mayReceiveSecrets: () => Promise.resolve(true),
    settings: () => all,
    passphrase: () => Promise.resolve(undefined),
    env: {},
    onChoice: () => undefined,
  });
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    return await network.send({ method: 'POST', url, headers: {}, body: 'x' }, AbortSignal.timeout(20_000));
  } finally {
    network.dispose();
    server.closeAllConnections();
    server.close();
  }
}

for (const [who, settings] of Object.entries(clients)) {
  describe(`a body that a gateway encoded, read by ${who}`, () => {
    const readable: Readonly<Record<string, Answer>> = {
      gzip: packed('gzip', gzipSync(plain)),
      'X-GZIP': packed('X-GZIP', gzipSync(plain)),
      deflate: packed('deflate', deflateSync(plain)),
      'deflate without the head of zlib': packed('deflate', deflateRawSync(plain)),
      br: packed('br', brotliCompressSync(plain)),
      'one in the other': packed('gzip, br', brotliCompressSync(gzipSync(plain))),
      'one in the other, in two headers': packed(['deflate', 'gzip'], gzipSync(deflateSync(plain))),
      'gzip that lacks its end': packed('gzip', gzipSync(plain).subarray(0, -8)),
      'a refusal': packed('gzip', gzipSync(plain), 401),
      identity: packed('identity', plain),
      'an unknown name': packed('acme', plain),
      'a name that every object knows': packed('constructor', plain),
      'an unknown name on top of gzip': packed('gzip, acme', plain),
    };
    for (const [what, answer] of Object.entries(readable)) {
      it(`is decoded: ${what}`, async () => {
        const got = await ask(settings, answer);
        assert.equal(got.kind === 'response' ? got.body : JSON.stringify(got), text);
      });
    }

    for (const encoding of ['gzip', 'deflate', 'br']) {
      it(`is empty when an empty body arrived as ${encoding}`, async () => {
        const got = await ask(settings, packed(encoding, Buffer.alloc(0)));
        assert.equal(got.kind === 'response' ? got.body : JSON.stringify(got), '');
      });
    }

    const broken: Readonly<Record<string, readonly [Answer, nodeCode: RegExp]>> = {
      'plain text that says gzip': [packed('gzip', plain), /^Z_DATA_ERROR$/],
      'plain text that says br': [packed('br', plain), /^ERR_/],
      'gzip with something behind it': [packed('gzip', Buffer.concat([gzipSync(plain), plain])), /^Z_DATA_ERROR$/],
      'gzip with a wrong checksum': [
        packed('gzip', Buffer.concat([gzipSync(plain).subarray(0, -8), Buffer.alloc(8)])),
        /^Z_DATA_ERROR$/,
      ],
    };
    for (const [what, [answer, nodeCode]] of Object.entries(broken)) {
      it(`counts as no answer: ${what}`, async () => {
        const got = await ask(settings, answer);
        assert.ok(got.kind === 'failure' && got.code === 'unreachable', JSON.stringify(got));
        assert.match(got.nodeCode ?? '', nodeCode);
      });
    }

    it('counts as no answer if it is encoded more than five times', async () => {
      let body = plain;
      for (let times = 0; times < 6; times += 1) body = gzipSync(body);
      const got = await ask(settings, packed(Array<string>(6).fill('gzip').join(','), body));
      assert.deepEqual(got, { kind: 'failure', code: 'unreachable' });
    });

    it('is measured after decoding: exactly 1 MB is accepted, a byte more is not', async () => {
      const got = await ask(settings, packed('gzip', gzipSync(Buffer.alloc(megabyte, 'x'))));
      assert.equal(got.kind === 'response' ? got.body.length : JSON.stringify(got), megabyte);
      for (const answer of [
        packed('gzip', gzipSync(Buffer.alloc(megabyte + 1, 'x'))),
        packed('br', brotliCompressSync(Buffer.alloc(megabyte + 1, 'x'))),
      ]) {
        assert.deepEqual(await ask(settings, answer), { kind: 'failure', code: 'tooLarge' });
      }
    });

    it('does no harm as a zip bomb', async () => {
      const bomb = gzipSync(Buffer.alloc(100 * megabyte));
      const before = process.memoryUsage();
      assert.deepEqual(await ask(settings, packed('gzip', bomb)), { kind: 'failure', code: 'tooLarge' });
      const inAnother = gzipSync(bomb);
      assert.deepEqual(await ask(settings, packed('gzip, gzip', inAnother)), { kind: 'failure', code: 'tooLarge' });
      const after = process.memoryUsage();
      assert.ok(after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed < 30 * megabyte);
    });
  });
}
