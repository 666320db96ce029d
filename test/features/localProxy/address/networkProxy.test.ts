import assert from 'node:assert/strict';
import { passesNetworkProxy } from '../../../../src/features/localProxy/address/networkProxy';

describe('a proxy of the network', () => {
  const proxy = 'http://proxy.acme.com:8080';

  it('would get requests for this computer if it is set and this computer is not excluded', () => {
    for (const env of [
      { http_proxy: proxy },
      { HTTP_PROXY: proxy },
      { ALL_PROXY: proxy },
      { http_proxy: proxy, no_proxy: 'acme.com' },
      { http_proxy: proxy, NO_PROXY: 'localhost' },
    ]) {
      assert.ok(passesNetworkProxy(env), JSON.stringify(env));
    }
  });

  it('gets none otherwise', () => {
    for (const env of [
      {},
      { http_proxy: '' },
      { https_proxy: proxy },
      { http_proxy: proxy, no_proxy: '127.0.0.1' },
      { HTTP_PROXY: proxy, NO_PROXY: 'localhost, 127.0.0.1 ,acme.com' },
      { http_proxy: proxy, no_proxy: '*' },
    ]) {
      assert.ok(!passesNetworkProxy(env), JSON.stringify(env));
    }
  });
});
