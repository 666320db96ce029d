import assert from 'node:assert/strict';
import { tokenContent, type Unpack } from '../../../src/core/oauth/tokenContent';

/** Nothing is packed: the oldest Node that runs these tests has no zstd. test/host/whoAmI unpacks a real token. */
const unpacked: Unpack = (packed) => packed;
const token = (content: unknown, signature = 'c2ln') =>
  `s.${Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)).toString('base64url')}.${signature}`;

describe('tokenContent', () => {
  it('reads user, tenants and the server that issued the token', () => {
    assert.deepEqual(
      tokenContent(token({ u: 'jane@acme.com', t: 'abc123', aurl: 'https://auth.reltio.com' }), unpacked),
      {
        user: 'jane@acme.com',
        tenants: ['abc123'],
        issuer: 'https://auth.reltio.com',
      },
    );
    assert.deepEqual(tokenContent(token({ u: ' jane ', t: ['one', 7, 'two', ''] }), unpacked), {
      user: 'jane',
      tenants: ['one', 'two'],
      issuer: undefined,
    });
  });

  it('reads nothing from other forms: a UUID, a JSON Web Token, an empty text', () => {
    const others = [
      '2f1c5a5e-64b1-4d52-9f6a-1d7a0a2f8a11',
      'eyJhbGciOiJIUzI1NiJ9.eyJ1IjoiamFuZSJ9.c2ln',
      '',
      's..c2ln',
    ];
    for (const other of [...others, 's.e30', 's.e30.', 's.e30.a.b', 's.e3 0.c2ln', 'x.e30.c2ln']) {
      assert.equal(tokenContent(other, unpacked), 'opaque', other);
    }
  });

  it('survives whatever a hostile server packs', () => {
    const hostile = ['not JSON', '[]', 'null', '{', '{"u":', `${'['.repeat(60_000)}`];
    for (const content of hostile) {
      assert.equal(tokenContent(token(content), unpacked), 'unreadable', content.slice(0, 20));
    }
    for (const content of [{}, { u: {}, t: { a: 1 }, aurl: 7 }, { u: null, t: [null, {}] }, { u: '  ' }]) {
      const nothing = { user: undefined, tenants: [], issuer: undefined };
      assert.deepEqual(tokenContent(token(content), unpacked), nothing, JSON.stringify(content));
    }
    const throwing: Unpack = () => {
      throw new RangeError('more than is allowed');
    };
    assert.equal(tokenContent(token({ u: 'jane' }), throwing), 'unreadable');
  });

  it('unpacks no more than 64 KB, and nothing that is larger while packed', () => {
    const limits: number[] = [];
    const noting: Unpack = (packed, maxLength) => {
      limits.push(maxLength);
      return packed;
    };
    assert.equal(tokenContent(token(`{"u":"${'x'.repeat(50_000)}"}`), noting), 'unreadable');
    assert.deepEqual(limits, []);
    tokenContent(token({ u: 'jane' }), noting);
    assert.deepEqual(limits, [65_536]);
    const tooMuch: Unpack = () => Buffer.from(`{"u":"${'x'.repeat(70_000)}"}`);
    assert.equal(tokenContent(token({}), tooMuch), 'unreadable');
  });
});
