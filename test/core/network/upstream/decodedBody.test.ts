import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { decodedBody, isDecodable } from '../../../../src/core/network/upstream/decodedBody';

const text = 'some text, '.repeat(10_000);
const plain = Buffer.from(text);

async function* inParts(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('decodedBody', () => {
  const encoded: [encoding: string, bytes: Buffer][] = [
    ['gzip', gzipSync(plain)],
    ['X-GZIP', gzipSync(plain)],
    ['br', brotliCompressSync(plain)],
    ['deflate', deflateSync(plain)],
    ['deflate', deflateRawSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
    ['deflate,gzip', gzipSync(deflateSync(plain))],
  ];
  for (const [encoding, bytes] of encoded) {
    it(`decodes ${encoding}, in parts of any size`, async () => {
      assert.ok(isDecodable(encoding));
      for (const size of [1, 7, bytes.length])
        assert.equal(await read(decodedBody(inParts(bytes, size), encoding)), text);
    });
  }

  it('decodes an empty body to an empty one', async () => {
    for (const encoding of ['gzip', 'br', 'deflate', 'gzip, br']) {
      assert.equal(await read(decodedBody(inParts(Buffer.alloc(0), 1), encoding)), '');
    }
  });

  it('reads a body without its last bytes as far as it goes', async () => {
    assert.equal(await read(decodedBody(inParts(gzipSync(plain).subarray(0, -8), 100), 'gzip')), text);
  });

  it('throws on a broken body, and on one that breaks off', async () => {
    for (const encoding of ['gzip', 'br']) {
      await assert.rejects(read(decodedBody(inParts(plain, 100), encoding)));
    }
    const cut = new Error('cut');
    const breaking = async function* (): AsyncGenerator<Uint8Array> {
      yield gzipSync(plain).subarray(0, 20);
      throw cut;
    };
    await assert.rejects(read(decodedBody(breaking(), 'gzip')), cut);
  });

  it('leaves the encoded body when its reader leaves', async () => {
    for (const encoding of ['gzip', 'gzip, gzip']) {
      const random = gzipSync(randomBytes(4 * 1024 * 1024));
      let read = 0;
      let left = false;
      const body = async function* (): AsyncGenerator<Uint8Array> {
        try {
          for await (const part of inParts(encoding === 'gzip' ? random : gzipSync(random), 4096)) {
            read += 1;
            yield part;
          }
        } finally {
          left = true;
        }
      };
      for await (const _chunk of decodedBody(body(), encoding)) break;
      for (let times = 0; times < 1000 && !left; times += 1) await new Promise((resolve) => setTimeout(resolve, 10));
      assert.ok(left && read < 500, `${left} ${read}`);
    }
  });

  it('decodes no unknown encoding, and no more than five', () => {
    for (const encoding of [
      '',
      'identity',
      'acme',
      'constructor',
      'gzip, acme',
      Array<string>(6).fill('gzip').join(),
    ]) {
      assert.ok(!isDecodable(encoding), encoding);
    }
    assert.ok(isDecodable(Array<string>(5).fill('gzip').join()));
  });

  it('needs little memory for a zip bomb that is read slowly', async () => {
    const bomb = gzipSync(Buffer.alloc(160 * 1024 * 1024));
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    let size = 0;
    for await (const chunk of decodedBody(inParts(bomb, 16_384), 'gzip')) {
      size += chunk.length;
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
      if (size > 150 * 1024 * 1024) break;
    }
    assert.ok(most < 75 * 1024 * 1024, `${most}`); // most of it is garbage that is not collected yet
  });
});
