import assert from 'node:assert/strict';
import { broughtBack, exchange, newChallenge, open, press, redirectUri } from './browser';
import { get, post, refresh, reply, serverForEachTest, useToken } from './caller';
import type { Client } from './clients';

type Fields = Readonly<Record<string, unknown>>;

describe('The login page', () => {
  const server = serverForEachTest();

  const sendJson = async (path: string, body: Fields, headers: Record<string, string> = {}) =>
    reply(
      await fetch(server().url + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    );
  const register = (wishes: Fields = { redirect_uris: [redirectUri] }) => sendJson('/ai/tools/register', wishes);
  const registered = async (): Promise<Client> => {
    const { status, body } = await register();
    assert.equal(status, 201);
    return server().clients.get(String(body['client_id']));
  };
  const codeFor = async ({ id }: Client, more: Record<string, string> = {}) =>
    broughtBack(await press(server(), 'jane@acme.com', { tenant_id: '', client_id: id, ...more }, '/login'))['code'];
  const redeem = ({ id }: Client, code: unknown, more: Fields = {}) =>
    sendJson('/login/token', { grant_type: 'authorization_code', code, client_id: id, ...more });

  it('is described below /ai/tools of an environment', async () => {
    const { body } = await get(server(), '/ai/tools/.well-known/oauth-authorization-server');
    const { url } = server();
    assert.deepEqual(body, {
      issuer: `${url}/ai/tools`,
      authorization_endpoint: `${url}/login`,
      token_endpoint: `${url}/login/token`,
      registration_endpoint: `${url}/ai/tools/register`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('registers a client without a secret, signs in, exchanges the code as JSON, and refreshes at /oauth/token', async () => {
    const client = await registered();
    assert.deepEqual([client.secret, client.redirects], ['', [redirectUri]]);
    const { verifier, challenge } = newChallenge();
    const { status, body } = await redeem(client, await codeFor(client, challenge), { code_verifier: verifier });
    assert.equal(status, 200);
    assert.equal(await useToken(server(), body['access_token']), 200);
    const form = { grant_type: 'refresh_token', refresh_token: String(body['refresh_token']) };
    const send = (fields: Record<string, string>) =>
      fetch(`${server().url}/oauth/token`, { method: 'POST', body: new URLSearchParams(fields) }).then(reply);
    assert.equal((await send(form)).status, 401);
    assert.equal((await send({ ...form, client_id: client.id })).status, 200);
    const again = await sendJson('/login/token', { ...form, client_id: client.id });
    assert.equal(again.body['error'], 'unsupported_grant_type');
  });

  it('shows the same list of users, and an error instead of an address that was not registered', async () => {
    const client = await registered();
    assert.match((await open(server(), { client_id: client.id }, '/login')).text, /value="jane@acme\.com"/);
    const other = await open(server(), { client_id: client.id, redirect_uri: 'http://localhost:8082' }, '/login');
    assert.equal(other.headers.get('location'), '/error?id=redirectUrlNotAllowed');
  });

  it('never exchanges the codes of the other route', async () => {
    const { browser } = server().clients;
    const mine = await codeFor(browser);
    assert.equal((await exchange(server(), { code: String(mine) })).status, 400);
    const theirs = broughtBack(await press(server(), 'jane@acme.com'))['code'];
    const headers = { authorization: browser.basic };
    const form = { grant_type: 'authorization_code', redirect_uri: redirectUri };
    assert.equal((await sendJson('/login/token', { ...form, code: theirs }, headers)).status, 400);
    assert.equal((await sendJson('/login/token', { ...form, code: mine }, headers)).status, 200);
    assert.equal((await exchange(server(), { code: String(theirs) })).status, 200);
  });

  it('needs no redirect address in the exchange, but the right one if there is one', async () => {
    const client = await registered();
    assert.equal((await redeem(client, await codeFor(client))).status, 200);
    assert.equal((await redeem(client, await codeFor(client), { redirect_uri: 'http://localhost' })).status, 400);
  });

  it('takes the secret of a client that has one in the header, never in two places', async () => {
    const { browser } = server().clients;
    const form = { grant_type: 'authorization_code', code: 'x' };
    assert.equal((await redeem(browser, 'x')).status, 401);
    const both = await sendJson('/login/token', { ...form, client_secret: 'x' }, { authorization: browser.basic });
    assert.deepEqual([both.status, both.body['error']], [400, 'invalid_request']);
    assert.match(
      (await sendJson('/login/token', { ...form, code: 1 }, { authorization: browser.basic })).text,
      /'code'/,
    );
  });

  it('reads JSON, a form, or both, as the policy says', async () => {
    const { browser } = server().clients;
    const form = { grant_type: 'authorization_code', redirect_uri: redirectUri };
    const byForm = async () =>
      post(server(), '/login/token', { ...form, code: String(await codeFor(browser)) }, browser);
    const byJson = async () =>
      sendJson('/login/token', { ...form, code: await codeFor(browser) }, { authorization: browser.basic });
    for (const [loginPageTakes, expected] of [
      ['json', [400, 200]],
      ['form', [200, 400]],
      ['both', [200, 200]],
    ] as const) {
      server().policy.loginPageTakes = loginPageTakes;
      assert.deepEqual([(await byForm()).status, (await byJson()).status], expected, loginPageTakes);
    }
    assert.equal((await get(server(), '/login/token')).status, 405);
    const array = await reply(
      await fetch(`${server().url}/login/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '[1',
      }),
    );
    assert.equal(array.status, 401);
  });

  it('gives tokens that the data API refuses where the policy says so, those of the other route not', async () => {
    server().policy.loginPageServesDataApi = false;
    const client = await registered();
    const { body } = await redeem(client, await codeFor(client));
    assert.equal(await useToken(server(), body['access_token']), 401);
    const other = await exchange(server(), { code: broughtBack(await press(server(), 'jane@acme.com'))['code'] ?? '' });
    assert.equal(await useToken(server(), other.body['access_token']), 200);
  });

  it('gives a user another pair than the other route does', async () => {
    const { browser } = server().clients;
    const mine = await sendJson(
      '/login/token',
      { grant_type: 'authorization_code', code: await codeFor(browser) },
      { authorization: browser.basic },
    );
    const other = await exchange(server(), { code: broughtBack(await press(server(), 'jane@acme.com'))['code'] ?? '' });
    assert.notEqual(other.body['refresh_token'], mine.body['refresh_token']);
    assert.equal((await refresh(server(), mine.body['refresh_token'], browser)).status, 200);
  });

  it('does not let a client without a secret ask checkToken', async () => {
    const client = await registered();
    const { body } = await redeem(client, await codeFor(client));
    const form = new URLSearchParams({ token: String(body['access_token']), client_id: client.id });
    assert.equal((await fetch(`${server().url}/oauth/checkToken`, { method: 'POST', body: form })).status, 401);
  });

  it('no longer knows a client that was removed', async () => {
    const client = await registered();
    server().clients.remove(client);
    assert.equal((await open(server(), { client_id: client.id }, '/login')).status, 400);
    assert.equal((await redeem(client, 'x')).status, 401);
  });

  describe('registration', () => {
    it('is for addresses of this machine only', async () => {
      for (const redirect_uris of [
        [],
        ['https://evil.example'],
        [redirectUri, 'https://evil.example'],
        redirectUri,
        [1],
      ]) {
        assert.equal((await register({ redirect_uris })).body['error'], 'invalid_redirect_uri');
      }
      assert.equal((await register({})).status, 400);
    });

    it('gives a secret, is refused or absent where the policy says so', async () => {
      server().policy.registration = 'withSecret';
      const { body } = await register({ redirect_uris: [redirectUri], client_name: 'Test' });
      assert.equal(body['client_name'], 'Test');
      assert.equal(body['token_endpoint_auth_method'], 'client_secret_basic');
      assert.equal(server().clients.get(String(body['client_id'])).secret, body['client_secret']);
      assert.equal((await get(server(), '/ai/tools/register')).status, 405);
      server().policy.registration = 'refused';
      assert.deepEqual([(await register()).status, (await register()).body['error']], [400, 'invalid_client_metadata']);
      server().policy.registration = 'absent';
      assert.equal((await register()).status, 404);
    });
  });
});
