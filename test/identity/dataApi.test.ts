import assert from 'node:assert/strict';
import type { Policy } from './policy';
import { check, get, post, serverForEachTest, signIn } from './caller';

describe('The data API', () => {
  const server = serverForEachTest();
  const guarded = [
    '/reltio/enhancedTenants?showAll=true',
    '/reltio/tenants/AcmeDev01/name',
    '/reltio/api/AcmeDev01/configuration',
    '/reltio/api/AcmeDev01/entities?max=1',
  ];

  it('shows its status without a token', async () => {
    const answer = await get(server(), '/reltio/status');
    assert.deepEqual([answer.status, answer.body], [200, { Status: 'Green' }]);
  });

  it('shows another status where the policy says so', async () => {
    for (const [environmentStatus, expected] of [
      ['html', 200],
      ['needsToken', 401],
      ['unavailable', 503],
      ['absent', 404],
    ] as const) {
      server().policy.environmentStatus = environmentStatus;
      const answer = await get(server(), '/reltio/status');
      assert.deepEqual([answer.status, answer.body['Status']], [expected, undefined]);
    }
  });

  it('lists tenants without names, too many, none or not at all where the policy says so', async () => {
    const token = (await signIn(server())).body['access_token'];
    const list = async (tenantList: Policy['tenantList']) => {
      server().policy.tenantList = tenantList;
      const { status, text } = await get(server(), '/reltio/enhancedTenants?showAll=true', token);
      return status === 200 ? (JSON.parse(text) as unknown) : status;
    };
    assert.deepEqual(await list('withoutNames'), [
      { tenantId: 'AcmeDev01', tenantName: null },
      { tenantId: 'AcmeTest01', tenantName: null },
    ]);
    assert.deepEqual(await list('withUnreadable'), server().tenants);
    assert.deepEqual(await list('empty'), []);
    assert.equal(await list('forbidden'), 403);
    assert.equal(await list('absent'), 404);
    server().users.plain.tenants.push('abc123');
    const added = { tenantId: 'abc123', tenantName: 'Tenant abc123', customerName: 'Acme' };
    assert.deepEqual(((await list('complete')) as unknown[])[2], added);
    assert.equal((await get(server(), '/reltio/tenants', token)).status, 403);
  });

  it('names a tenant, or not where the policy says so', async () => {
    const token = (await signIn(server())).body['access_token'];
    const name = async (tenantName: Policy['tenantName']) => {
      server().policy.tenantName = tenantName;
      const { status, body } = await get(server(), '/reltio/tenants/AcmeDev01/name', token);
      return [status, body['value']];
    };
    assert.deepEqual(await name('known'), [200, 'Acme Development']);
    assert.deepEqual(await name('empty'), [200, '']);
    assert.deepEqual(await name('forbidden'), [403, undefined]);
    assert.deepEqual(await name('absent'), [404, undefined]);
  });

  it('answers a valid token', async () => {
    const token = (await signIn(server())).body['access_token'];
    const [list, name, configuration, entities] = await Promise.all(guarded.map((path) => get(server(), path, token)));
    const development = { tenantId: 'AcmeDev01', tenantName: 'Acme Development', customerName: 'Acme' };
    assert.deepEqual(list?.body, [
      development,
      { tenantId: 'AcmeTest01', tenantName: 'Acme Test', customerName: 'Acme' },
    ]);
    assert.deepEqual(name?.body, { value: 'Acme Development' });
    assert.equal(configuration?.body['label'], 'AcmeDev01');
    assert.match(JSON.stringify(entities?.body), /^\[\{"uri":"entities\/\w+",/);
    assert.deepEqual((await get(server(), '/reltio/enhancedTenants', token)).body, [development]);
  });

  for (const path of guarded) {
    it(`refuses ${path} without a bearer, and echoes an expired one`, async () => {
      const token = (await signIn(server())).body['access_token'];
      const none = await get(server(), path);
      assert.equal(none.status, 401);
      assert.deepEqual(none.body, {
        error: 'unauthorized',
        error_description: 'Full authentication is required to access this resource',
      });
      server().expireAccessTokens();
      const expired = await get(server(), path, token);
      assert.equal(expired.status, 401);
      assert.deepEqual(expired.body, {
        error: 'invalid_token',
        error_description: `Invalid access token: ${String(token)}`,
      });
    });
  }

  it('requires "Bearer", a space and the token', async () => {
    const token = String((await signIn(server())).body['access_token']);
    for (const authorization of [token, `Bearer${token}`, server().clients.documented.basic]) {
      const response = await fetch(`${server().url}/reltio/enhancedTenants`, { headers: { authorization } });
      assert.equal(response.status, 401);
      assert.match(await response.text(), /"unauthorized"/);
    }
  });

  it('says 403 with errorCode 804 for a tenant that the user has no access to, and 200 once they have', async () => {
    const token = (await signIn(server())).body['access_token'];
    for (const path of [
      '/reltio/tenants/GlobexProd/name',
      '/reltio/api/GlobexProd/configuration',
      '/reltio/api/GlobexProd/entities',
    ]) {
      const answer = await get(server(), path, token);
      assert.deepEqual([answer.status, answer.body['errorCode']], [403, 804]);
      assert.equal(answer.body['errorMessage'], 'Security error. This endpoint is forbidden for current user.');
    }
    server().users.plain.tenants.push('GlobexProd');
    assert.equal((await get(server(), '/reltio/tenants/GlobexProd/name', token)).status, 200);
  });

  it('says 403 access_denied where the scope is missing', async () => {
    const client = server().clients.fewScopes;
    client.scopes = ['relations_api'];
    const token = (await signIn(server(), undefined, client)).body['access_token'];
    for (const path of ['/reltio/api/AcmeDev01/configuration', '/reltio/api/AcmeDev01/entities']) {
      const answer = await get(server(), path, token);
      assert.deepEqual([answer.status, answer.body['error']], [403, 'access_denied'], path);
    }
  });

  it('refuses a token that checkToken calls valid where the policy says so', async () => {
    const token = (await signIn(server())).body['access_token'];
    server().policy.dataApiRefuses = true;
    const answer = await get(server(), '/reltio/enhancedTenants', token);
    assert.deepEqual([answer.status, answer.body['error']], [401, 'invalid_token']);
    assert.equal((await get(server(), '/reltio/status')).status, 200);
    assert.equal((await check(server(), token)).status, 200);
  });

  it('answers a POST with 500 and errorCode 2003, and what does not exist with 404', async () => {
    const token = (await signIn(server())).body['access_token'];
    const response = await fetch(`${server().url}/reltio/enhancedTenants`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(token)}` },
    });
    assert.equal(response.status, 500);
    assert.match(await response.text(), /2003/);
    assert.equal((await post(server(), '/reltio/else', {})).status, 404);
    assert.equal((await get(server(), '/reltio/tenants/%ff/name', token)).status, 500);
  });
});
