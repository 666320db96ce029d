import assert from 'node:assert/strict';
import { isAccessKey, newAccessKey } from '../../../src/core/localProxy/accessKey';

describe('the key of the local proxy', () => {
  it('is 32 random bytes that need no escaping in a URL', () => {
    const key = newAccessKey();
    assert.equal(Buffer.from(key, 'base64url').length, 32);
    assert.equal(encodeURIComponent(key), key);
    assert.notEqual(newAccessKey(), key);
  });

  it('equals itself and nothing else', () => {
    const key = newAccessKey();
    assert.equal(isAccessKey(key, key), true);
    const others = ['', key.slice(1), `${key}A`, ` ${key}`, key.toUpperCase(), newAccessKey(), `${key}=`, `${key}\0`];
    for (let times = 0; times < 2_000; times += 1) others.push(newAccessKey()); // some hashes begin alike
    for (const other of others) assert.equal(isAccessKey(other, key), false, JSON.stringify(other));
  });

  it('is not what a damaged storage returns, even if the client sends the same', () => {
    for (const stored of ['', 'undefined', 'short', 'a'.repeat(44)]) assert.equal(isAccessKey(stored, stored), false);
  });
});
