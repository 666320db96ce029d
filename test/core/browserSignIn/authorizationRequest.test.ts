import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { authorizationRequest, type AuthorizationParts } from '../../../src/core/browserSignIn/authorizationRequest';

const parts: AuthorizationParts = {
  endpoint: 'https://auth.reltio.com/oauth/sso',
  clientId: 'acme_dev',
  redirectUri: 'http://localhost:8081',
  issuer: { issuer: 'https://auth.reltio.com', namesItself: false },
  usesPkce: false,
  more: { tenant_id: 'abc123' },
};

describe('the authorization request', () => {
  it('asks for a code, with the state and without PKCE', async () => {
    const { url, state, codeVerifier } = await authorizationRequest(parts);
    const { origin, pathname, searchParams } = new URL(url);
    assert.equal(origin + pathname, 'https://auth.reltio.com/oauth/sso');
    assert.deepEqual(Object.fromEntries(searchParams), {
      tenant_id: 'abc123',
      client_id: 'acme_dev',
      response_type: 'code',
      redirect_uri: 'http://localhost:8081',
      state,
    });
    assert.match(state, /^[\w-]{43}$/);
    assert.equal(codeVerifier, undefined);
  });

  it('sends the challenge of its verifier, and never the verifier', async () => {
    const { url, codeVerifier = '' } = await authorizationRequest({ ...parts, usesPkce: true });
    const query = new URL(url).searchParams;
    assert.equal(query.get('code_challenge'), createHash('sha256').update(codeVerifier).digest('base64url'));
    assert.equal(query.get('code_challenge_method'), 'S256');
    assert.match(codeVerifier, /^[\w-]{43}$/);
    assert.ok(!url.includes(codeVerifier));
  });

  it('is new each time', async () => {
    const made = await Promise.all([1, 2, 3].map(() => authorizationRequest({ ...parts, usesPkce: true })));
    assert.equal(new Set(made.flatMap(({ state, codeVerifier }) => [state, codeVerifier])).size, 6);
  });

  it('keeps the query of the page, encodes every value, and lets nothing replace its own', async () => {
    const { url } = await authorizationRequest({
      ...parts,
      endpoint: 'https://login.reltio.com/?brand=a%20b',
      clientId: 'a&state=evil+ü%',
      more: { tenant: 'x y', state: 'evil', redirect_uri: 'https://evil.example' },
    });
    const query = new URL(url).searchParams;
    assert.equal(query.get('brand'), 'a b');
    assert.equal(query.get('client_id'), 'a&state=evil+ü%');
    assert.equal(query.get('tenant'), 'x y');
    assert.equal(query.getAll('state').length, 1);
    assert.notEqual(query.get('state'), 'evil');
    assert.equal(query.get('redirect_uri'), 'http://localhost:8081');
  });
});
