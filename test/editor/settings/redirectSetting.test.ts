import assert from 'node:assert/strict';
import { defaultRedirect } from '../../../src/core/browserSignIn/redirect';
import { parseRedirect } from '../../../src/editor/settings/redirectSetting';

describe('reltioAuth.browserSignIn.redirectUri', () => {
  const read = (value: unknown) => parseRedirect(value, ['reltio.com']);

  it('is used as it is, or the default if there is none', () => {
    const addresses = { 'http://localhost:8123/callback': true, 'https://dev.reltio.com/oauth/callback': false };
    for (const [address, isLocal] of Object.entries(addresses)) {
      assert.deepEqual(read(address), { redirect: { address, isLocal }, faults: [] });
    }
    assert.deepEqual(read(undefined), { redirect: defaultRedirect, faults: [] });
  });

  it('is replaced by the default if it cannot be used, with one sentence that says why and repeats nothing', () => {
    for (const [value, why] of [
      ['localhost:8081', /must be an address such as/],
      [8081, /must be an address such as/],
      ['http://planted@localhost:8081', /without a user name, a query or a fragment/],
      ['http://planted.example/', /must begin with https:\/\/, or with http:\/\/localhost/],
      ['https://planted.example/', /must be on this computer or on a host of reltioAuth\.trustedHosts/],
    ] as const) {
      const { redirect, faults } = read(value);
      assert.equal(redirect, defaultRedirect);
      assert.equal(faults.length, 1);
      assert.match(faults[0]?.message ?? '', why);
      assert.match(faults[0]?.message ?? '', /; http:\/\/localhost:8081 is used\.$/);
      assert.ok(!JSON.stringify(faults).includes('planted'));
    }
  });
});
