import assert from 'node:assert/strict';
import { acceptsCode, codeFor, enrolmentUri, newSecret, randomCode } from './oneTimeCode';

// RFC 6238 appendix B, SHA-1: the key is "12345678901234567890"; the last six of its eight digits.
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const vectors: readonly [number, string][] = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
];

describe('One-time codes', () => {
  for (const [seconds, code] of vectors) {
    it(`are ${code} at ${seconds} s, as RFC 6238 prints`, () => {
      assert.equal(codeFor(secret, seconds * 1000), code);
    });
  }

  it('are accepted one step early and one step late, and no further', () => {
    const code = codeFor(secret, 90_000);
    const accepted = [59_999, 60_000, 90_000, 149_999, 150_000].map((time) => acceptsCode(secret, code, time));
    assert.deepEqual(accepted, [false, true, true, true, false]);
  });

  it('come from fresh base32 secrets of 160 bits', () => {
    assert.match(newSecret(), /^[A-Z2-7]{32}$/);
    assert.notEqual(newSecret(), newSecret());
    assert.match(enrolmentUri('omar@acme.com', secret), /^otpauth:\/\/totp\/Reltio:omar%40acme\.com\?secret=GEZD/);
  });

  it('are six digits by e-mail', () => {
    assert.match(randomCode(6), /^\d{6}$/);
  });

  it('refuse a secret that is not base32', () => {
    assert.throws(() => codeFor('0189', 0), /A-Z and 2-7/);
  });
});
