import assert from 'node:assert/strict';
import * as zlib from 'node:zlib';
import { refresh, serverForEachTest, signIn, useToken } from './caller';

describe("A token in Reltio's form", () => {
  const server = serverForEachTest(() => ({ policy: { tokenForm: 'reltio' } }));

  const frameOf = (token: unknown) => {
    const [, frame = ''] = /^s\.([\w-]+)\.[\w-]{86}$/.exec(String(token)) ?? [];
    return Buffer.from(frame, 'base64url');
  };
  const contentOf = (frame: Buffer) => JSON.parse(frame.subarray(12).toString('utf8')) as Record<string, unknown>;

  it('works like any other, and no two are the same', async () => {
    const { body } = await signIn(server());
    assert.equal(await useToken(server(), body['access_token']), 200);
    const next = (await refresh(server(), body['refresh_token'])).body;
    const tokens = [body, next].flatMap((one) => [one['access_token'], one['refresh_token']]);
    assert.equal(new Set(tokens).size, 4);
  });

  it('says who the user is, the tenants and which server issued it, in zstd that is not compressed', async () => {
    const { name, tenants } = server().users.add({ name: 'zoë@acme.com', password: 'x' });
    const frame = frameOf((await signIn(server(), server().users.get(name))).body['access_token']);
    const { jti, ...content } = contentOf(frame);
    assert.equal(typeof jti, 'string');
    assert.deepEqual(content, { u: name, t: tenants, aurl: server().url });
    assert.equal(frame.readUInt32LE(5), frame.length - 12);
    // From Node 22.15 on.
    const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (packed: Buffer) => Buffer };
    assert.deepEqual(zstdDecompressSync?.(frame) ?? frame.subarray(12), frame.subarray(12));
  });
});
