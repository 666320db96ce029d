import assert from 'node:assert/strict';
import { get, serverForEachTest } from './caller';

describe('Discovery', () => {
  const server = serverForEachTest();
  const places = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'] as const;
  const at = (path: string) => get(server(), path);

  it('is absent at the identity server, as at Reltio', async () => {
    assert.deepEqual(await Promise.all(places.map(async (path) => (await at(path)).status)), [404, 404]);
  });

  it('announces PKCE or not, in the document of OAuth or of OpenID', async () => {
    const { policy, url } = server();
    policy.discovery = 'withPkce';
    const { body } = await at(places[0]);
    assert.equal(body['issuer'], url);
    assert.equal(body['authorization_endpoint'], `${url}/oauth/sso`);
    assert.equal(body['token_endpoint'], `${url}/oauth/token`);
    assert.deepEqual(body['code_challenge_methods_supported'], ['S256']);
    assert.equal((await at(places[1])).status, 404);
    policy.discovery = 'plainPkce';
    assert.deepEqual((await at(places[0])).body['code_challenge_methods_supported'], ['plain']);
    policy.discovery = 'withoutPkce';
    assert.equal((await at(places[0])).body['code_challenge_methods_supported'], undefined);
    policy.discovery = 'openidOnly';
    assert.equal((await at(places[0])).status, 404);
    assert.equal((await at(places[1])).body['issuer'], url);
  });

  it('lies, is a page or wants a token where the policy says so, at both places', async () => {
    const { policy } = server();
    const documents = [places[0], `/ai/tools${places[0]}`];
    for (const path of documents) {
      policy.discovery = policy.loginPageDiscovery = 'wrongIssuer';
      assert.equal((await at(path)).body['issuer'], 'https://auth.example.com');
      policy.discovery = policy.loginPageDiscovery = 'foreignEndpoints';
      assert.match(String((await at(path)).body['token_endpoint']), /^https:\/\/auth\.example\.com\//);
      assert.match(String((await at(path)).body['issuer']), /^http:\/\/127/);
      policy.discovery = policy.loginPageDiscovery = 'html';
      assert.match((await at(path)).headers.get('content-type') ?? '', /^text\/html/);
      policy.discovery = policy.loginPageDiscovery = 'unauthorized';
      assert.deepEqual((await at(path)).body['error_code'], 'Unauthorized');
      policy.discovery = policy.loginPageDiscovery = 'withoutRegistration';
      assert.equal((await at(path)).body['registration_endpoint'], undefined);
    }
  });

  it('can be hit by a fault', async () => {
    server().faults.always({ kind: 'captivePortal' });
    assert.match((await at(`/ai/tools${places[0]}`)).text, /Hotel/);
    assert.match((await at(places[0])).text, /Hotel/);
  });
});
