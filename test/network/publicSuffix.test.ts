import assert from 'node:assert/strict';
import { isPublicSuffix } from '../../src/network/publicSuffix';

describe('isPublicSuffix', () => {
  it('knows names under which everybody can get a host', () => {
    for (const name of ['com', 'co.uk', 'com.au', 'github.io', 'azurewebsites.net', 'foo.ck', 'xn--55qx5d.cn']) {
      assert.ok(isPublicSuffix(name), name);
    }
  });

  it('lets names through that belong to somebody', () => {
    for (const name of ['reltio.com', 'acme.co.uk', 'acme.github.io', 'corp.internal', 'acme.example']) {
      assert.ok(!isPublicSuffix(name), name);
    }
  });
});
