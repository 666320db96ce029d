import assert from 'node:assert/strict';
import { readQuestion } from '../../../src/features/api/question';

const nothing = {
  status: undefined,
  noAnswer: undefined,
  headers: {},
  body: undefined,
  url: undefined,
  environment: undefined,
  account: undefined,
};
const trap = new Proxy(
  {},
  {
    get: () => {
      throw new Error('a trap');
    },
    ownKeys: () => {
      throw new Error('a trap');
    },
  },
);

describe('the question about a failed call', () => {
  it('may be anything', () => {
    for (const asked of [undefined, null, 7, 'status', true, [], {}, trap, () => undefined, Symbol('x'), 10n]) {
      assert.deepEqual(readQuestion(asked), nothing);
    }
    const traps = { status: trap, body: trap, headers: trap, url: trap, environment: trap, account: trap, code: trap };
    const { body, ...rest } = readQuestion(traps);
    assert.equal(typeof body, 'string');
    assert.deepEqual({ ...rest, body: undefined }, nothing);
  });

  it('has a status from 100 to 599', () => {
    for (const [status, read] of [
      [401, 401],
      ['401', 401],
      [100, 100],
      [599, 599],
    ] as const) {
      assert.equal(readQuestion({ status }).status, read);
    }
    for (const status of [0, 99, 600, 401.5, NaN, Infinity, -401, '0401', ' 401', 'abc', {}, [401], null, 401n]) {
      assert.equal(readQuestion({ status }).status, undefined, typeof status);
    }
  });

  it('says why there was no answer, if there was none', () => {
    const why = (asked: object) => readQuestion(asked).noAnswer;
    assert.equal(why({ code: 'ENOTFOUND' }), 'hostNotFound');
    assert.equal(why({ code: 'EAI_AGAIN' }), 'other');
    assert.equal(why({ status: 0, code: 'ECONNREFUSED' }), 'other');
    assert.equal(why({ status: 0 }), 'other');
    assert.equal(why({ code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'certificate');
    assert.equal(why({ status: 503, code: 'ENOTFOUND' }), undefined);
    assert.equal(why({ code: '' }), undefined);
  });

  it('has headers from an object, from pairs or from an answer of fetch', () => {
    const expected = { 'retry-after': '7', 'content-type': 'text/html' };
    for (const headers of [
      { 'Retry-After': '7', 'CONTENT-TYPE': 'text/html', 'Set-Cookie': 'secret' },
      { 'retry-after': 7, 'content-type': ['text/html', 'text/plain'] },
      [['Retry-After', '7'], ['Content-Type', 'text/html'], 'no pair', []],
      new Headers({ 'Retry-After': '7', 'Content-Type': 'text/html', Cookie: 'secret' }),
    ]) {
      assert.deepEqual(readQuestion({ headers }).headers, expected);
    }
    for (const headers of [7, 'Retry-After: 7', null, { 'retry-after': {} }, { 'retry-after': undefined }]) {
      assert.deepEqual(readQuestion({ headers }).headers, {});
    }
    const long = readQuestion({ headers: { 'www-authenticate': 'x'.repeat(100_000) } });
    assert.equal(long.headers['www-authenticate']?.length, 1_000);
  });

  it('has no headers after one that throws', () => {
    const fails = (): never => assert.fail();
    const entry: readonly unknown[] = new Proxy([], { get: fails });
    for (const hostile of [entry, [{ toString: fails }, 'x']]) {
      const { headers } = readQuestion({ headers: [['Retry-After', '5'], hostile, ['Date', 'now']] });
      assert.deepEqual(headers, { 'retry-after': '5' });
    }
  });

  it('has a copy of the body, which cannot change while it is read', () => {
    let reads = 0;
    const body = {
      get error() {
        reads += 1;
        return reads === 1 ? 'invalid_token' : 'access_denied';
      },
    };
    assert.deepEqual(readQuestion({ body }).body, { error: 'invalid_token' });
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    assert.equal(typeof readQuestion({ body: circle }).body, 'string');
    assert.equal(typeof readQuestion({ body: { big: 1n } }).body, 'string');
    assert.equal(readQuestion({ body: '{"error"' }).body, '{"error"');
    assert.equal(readQuestion({ body: null }).body, null);
  });

  it('has the address of an HTTP request, or none', () => {
    for (const url of ['https://dev.reltio.com/a', new URL('https://dev.reltio.com/a')]) {
      assert.equal(readQuestion({ url }).url?.href, 'https://dev.reltio.com/a');
    }
    for (const url of [
      'dev',
      '/reltio',
      'file:///etc/passwd',
      'javascript:alert(1)',
      7,
      {},
      `https://a/${'x'.repeat(9_000)}`,
    ]) {
      assert.equal(readQuestion({ url }).url, undefined);
    }
  });

  it('has names of a reasonable length', () => {
    const { environment, account } = readQuestion({ environment: ' dev ', account: { id: 'a', label: 'b' } });
    assert.deepEqual([environment, account], ['dev', 'a']);
    assert.equal(readQuestion({ account: 'a' }).account, 'a');
    const long = 'x'.repeat(3_000);
    assert.deepEqual(readQuestion({ environment: long, account: { id: long }, code: long }), nothing);
  });
});
