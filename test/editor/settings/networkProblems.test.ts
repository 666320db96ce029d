import assert from 'node:assert/strict';
import { defaultNetworkSettings } from '../../../src/core/network/networkSettings';
import { networkProblems } from '../../../src/editor/settings/networkProblems';

describe('the problems of the network settings', () => {
  const problems = (settings: object): readonly string[] => networkProblems({ ...defaultNetworkSettings, ...settings });

  it('are none if all settings can be used', () => {
    assert.deepEqual(problems({ ownProxy: 'http://jane:2024%23pw@proxy.acme.com:8080/' }), []);
  });

  it('say how to write a proxy address, and do not repeat the value', () => {
    for (const ownProxy of [
      'http://jane:2024#pw@proxy.corp.example:8080',
      'http://ACME\\jane:pw@proxy.corp.example',
      'http://jane:2024/pw@proxy.corp.example',
      'proxy.corp.example',
    ]) {
      assert.deepEqual(problems({ ownProxy }), [
        'reltioAuth.network.proxy is not the address of a proxy. Write it like http://proxy.acme.com:8080. Percent-encode ' +
          'a user name and password in it: # as %23, \\ as %5C, / as %2F, ? as %3F, @ as %40, % as %25.',
      ]);
    }
  });
});
