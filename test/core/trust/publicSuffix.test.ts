import assert from 'node:assert/strict';
import { hasPublicSuffixBelow, isListed, isPublicSuffix, unlistedSuffixes } from '../../../src/core/trust/publicSuffix';

describe('isPublicSuffix', () => {
  it('knows names under which anyone can get a host', () => {
    for (const name of ['com', 'co.uk', 'com.au', 'github.io', 'azurewebsites.net', 'foo.ck', 'xn--55qx5d.cn']) {
      assert.ok(isPublicSuffix(name), name);
    }
  });

  it('knows names that the list lacks, and only those', () => {
    for (const suffix of unlistedSuffixes) {
      const name = suffix.replace('*', 'somewhere');
      assert.ok(isPublicSuffix(name), name);
      assert.ok(!isListed(name), `${name} is on the list now: take it out`);
      assert.ok(!isPublicSuffix(`acme.${name}`) && !hasPublicSuffixBelow(`acme.${name}`));
    }
    assert.ok(!isPublicSuffix('cloudapp.azure.com') && hasPublicSuffixBelow('cloudapp.azure.com'));
  });

  it('accepts names that have one owner', () => {
    for (const name of ['reltio.com', 'acme.co.uk', 'acme.github.io', 'corp.internal', 'acme.example']) {
      assert.ok(!isPublicSuffix(name), name);
    }
  });
});

describe('hasPublicSuffixBelow', () => {
  const open = {
    'amazonaws.com': 's3.amazonaws.com, and many more',
    'us-east-1.amazonaws.com': 's3.us-east-1.amazonaws.com',
    'compute.amazonaws.com': '*.compute.amazonaws.com',
    'azure.com': '*.cloudapp.azure.com',
    'windows.net': 'web.core.windows.net',
    'core.windows.net': 'web.core.windows.net',
    'amazoncognito.com': 'auth.us-east-1.amazoncognito.com',
    'kobe.jp': 'city.kobe.jp is an exception; *.kobe.jp',
    ck: '*.ck',
    com: 'br.com',
  };
  for (const [name, why] of Object.entries(open)) {
    it(`finds one below ${name}: ${why}`, () => {
      assert.ok(hasPublicSuffixBelow(name));
    });
  }

  it('finds none below the names of companies, at whatever depth', () => {
    for (const name of [
      'reltio.com',
      'cloud.reltio.com',
      'acme.com',
      'acme.co.uk',
      'identity.acme.io',
      'acme.github.io',
      'acme.s3.amazonaws.com',
      'acme.auth.us-east-1.amazoncognito.com',
      'www.ck',
      'corp.internal',
      'acme.example',
      'amazonaws.com.acme.com',
      'constructor.com',
      'xn--mnchen-3ya.example',
    ]) {
      assert.ok(!hasPublicSuffixBelow(name), name);
    }
  });
});
