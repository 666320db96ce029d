import assert from 'node:assert/strict';
import { addressSegment } from '../../../src/features/localProxy/addressSegment';

describe('the name of an environment in an address', () => {
  const names = ['dev', 'EU test (2)', "jane's", 'a/b', 'ä ö', '$(id) `id` "x" !! *~ %PATH% ^& |;<>#?', '日本'];

  it('is read back as it was', () => {
    for (const name of names) {
      assert.equal(decodeURIComponent(addressSegment(name)), name);
      assert.equal(new URL(`http://127.0.0.1/${addressSegment(name)}/x`).pathname, `/${addressSegment(name)}/x`);
    }
  });

  it('never fails: one broken name must not take the others with it', () => {
    assert.equal(addressSegment('a\ud800b'), 'a%EF%BF%BDb');
  });

  it('has only letters, digits, escapes and -_.~', () => {
    for (const name of names) {
      assert.match(addressSegment(name), /^(?:[\w.~-]|%[\dA-F]{2})+$/);
    }
  });
});
