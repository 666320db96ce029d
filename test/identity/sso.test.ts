import assert from 'node:assert/strict';
import { authorizationFields, broughtBack, open, press } from './browser';
import { reply, serverForEachTest } from './caller';

describe('/oauth/sso', () => {
  const server = serverForEachTest();

  it('shows a button for each user, escaped for HTML', async () => {
    server().users.add({ name: 'x<b>"', password: 'x' });
    const page = await open(server());
    assert.equal(page.status, 200);
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    assert.match(page.text, /<button name="user" value="jane@acme\.com">jane@acme\.com<\/button>/);
    assert.ok(page.text.includes('value="x&lt;b&gt;&quot;"') && !page.text.includes('x<b>'));
  });

  it('sends the browser back with a code and the state, as they have to be encoded', async () => {
    const answer = await press(server(), 'jane@acme.com');
    assert.equal(answer.status, 302);
    assert.match(
      answer.headers.get('location') ?? '',
      /^http:\/\/localhost:8081\/\?state=st%26te%3D1&code=[\w-]+%2B%2F[\w-]+%3D$/,
    );
    assert.deepEqual(Object.keys(broughtBack(answer)), ['state', 'code']);
    assert.deepEqual(server().issuedCodes(), [broughtBack(answer)['code']]);
  });

  it('keeps the query of the redirect address', async () => {
    const answer = await press(server(), 'jane@acme.com', { redirect_uri: 'http://127.0.0.1:1234/back?a=%20b' });
    assert.match(answer.headers.get('location') ?? '', /^http:\/\/127\.0\.0\.1:1234\/back\?a=%20b&state=/);
  });

  it('sends the browser back with access_denied when the user cancels', async () => {
    server().policy.callbackErrorText = '<b>No</b>';
    const denied = { state: 'st&te=1', error: 'access_denied', error_description: '<b>No</b>' };
    assert.deepEqual(broughtBack(await press(server(), undefined)), denied);
  });

  it('signs in at once where the policy names a user', async () => {
    server().policy.autoApprove = 'omar@acme.com';
    assert.ok(broughtBack(await open(server()))['code']);
  });

  it('never sends the browser to an address that is not allowed', async () => {
    for (const redirect_uri of [
      'https://evil.example',
      'http://localhost.evil.example:8081',
      'http://jane@localhost:8081',
      'https://localhost:8081',
      'http://localhost:8081#x',
      'vscode://x.y',
      'not an address',
      '',
    ]) {
      const answer = await open(server(), { redirect_uri });
      assert.deepEqual([answer.status, answer.headers.get('location')], [302, '/error?id=redirectUrlNotAllowed']);
    }
    const error = await reply(await fetch(`${server().url}/error?id=<b>`));
    assert.ok(error.text.includes('&lt;b&gt;'));
  });

  it('allows exactly the addresses of the policy', async () => {
    server().policy.allowedRedirects = 'http://localhost:8081 https://dev.reltio.com/oauth/callback';
    for (const [redirect_uri, isAllowed] of [
      ['http://localhost:8081', true],
      ['http://localhost:8082', false],
      ['https://dev.reltio.com/oauth/callback', true],
      ['https://dev.reltio.com/oauth/callback/', false],
    ] as const) {
      assert.equal((await open(server(), { redirect_uri })).status, isAllowed ? 200 : 302, redirect_uri);
    }
  });

  it('refuses a blank state, an unknown client and an unknown tenant on its own page', async () => {
    for (const wrong of [
      { state: '' },
      { state: '  ' },
      { client_id: 'nobody' },
      { tenant_id: 'x' },
      { tenant_id: '' },
    ]) {
      const answer = await open(server(), wrong);
      assert.deepEqual([answer.status, answer.headers.get('location')], [400, null]);
    }
  });

  it('tells the client what is wrong with the rest', async () => {
    assert.equal(broughtBack(await open(server(), { response_type: 'token' }))['error'], 'unsupported_response_type');
    assert.equal(broughtBack(await open(server(), { client_id: 'reltio_ui' }))['error'], 'unauthorized_client');
    const plain = { code_challenge: 'x', code_challenge_method: 'plain' };
    assert.equal(broughtBack(await open(server(), plain))['error'], 'invalid_request');
    server().policy.pkce = 'required';
    assert.deepEqual(broughtBack(await open(server())), { state: 'st&te=1', error: 'invalid_request' });
  });

  it('checks everything again when a button is pressed', async () => {
    const query = new URLSearchParams(authorizationFields({ redirect_uri: 'https://evil.example' })).toString();
    const body = new URLSearchParams({ user: 'jane@acme.com' });
    const answer = await fetch(`${server().url}/oauth/sso?${query}`, { method: 'POST', body, redirect: 'manual' });
    assert.equal(answer.headers.get('location'), '/error?id=redirectUrlNotAllowed');
    assert.deepEqual(server().issuedCodes(), []);
  });

  describe('with a policy that spoils the callback', () => {
    const spoiled = async (
      callback: 'accessDenied' | 'serverError' | 'wrongState' | 'withoutState' | 'withoutCode',
    ) => {
      server().policy.callback = callback;
      return broughtBack(await press(server(), 'jane@acme.com'));
    };

    it('brings back an error although the user agreed', async () => {
      assert.equal((await spoiled('accessDenied'))['error'], 'access_denied');
      assert.equal((await spoiled('serverError'))['error'], 'server_error');
    });

    it('brings back another state, none, or no code', async () => {
      assert.equal((await spoiled('wrongState'))['state'], 'of-another-request');
      assert.deepEqual(Object.keys(await spoiled('withoutState')), ['code']);
      assert.deepEqual(await spoiled('withoutCode'), { state: 'st&te=1' });
    });

    it('brings back an issuer, the right one or another', async () => {
      server().policy.callbackIssuer = 'own';
      assert.equal(broughtBack(await press(server(), 'jane@acme.com'))['iss'], server().url);
      server().policy.callbackIssuer = 'foreign';
      assert.equal(broughtBack(await press(server(), 'jane@acme.com'))['iss'], 'https://auth.example.com');
    });
  });

  describe('ssoCheck', () => {
    const check = async (more: Record<string, string> = {}, method = 'POST') => {
      const body = method === 'POST' ? new URLSearchParams(authorizationFields(more)) : null;
      const { status, body: json } = await reply(await fetch(`${server().url}/oauth/ssoCheck`, { method, body }));
      return [status, json];
    };

    it('says sso or native without a secret, and an error for what it does not know', async () => {
      assert.deepEqual(await check(), [200, { status: 'sso' }]);
      for (const wrong of [{ tenant_id: 'x' }, { client_id: 'x' }]) {
        assert.deepEqual(await check(wrong), [200, { error: 'Tenant or client is not known' }]);
      }
      server().policy.ssoCheck = 'native';
      assert.deepEqual(await check(), [200, { status: 'native' }]);
      assert.equal((await open(server())).status, 400);
      server().policy.ssoCheck = 'error';
      assert.deepEqual(await check(), [200, { error: 'Tenant or client is not known' }]);
    });

    it('names a missing parameter, wants POST, and may be absent', async () => {
      assert.equal((await check({ state: '' }))[0], 400);
      assert.equal((await check({}, 'GET'))[0], 405);
      server().policy.ssoCheck = 'absent';
      assert.equal((await check())[0], 404);
      assert.equal((await open(server())).status, 200);
    });
  });

  it('has a page at which a browser may arrive, for a redirect to https', async () => {
    const page = await reply(await fetch(`${server().url}/oauth/callback?code=x&state=y`));
    assert.equal(page.status, 200);
    assert.match(page.text, /Copy the address/);
    assert.equal(server().requests.all[0]?.secretInUrl, false);
  });
});
