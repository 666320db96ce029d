import assert from 'node:assert/strict';
import { check, get, post, refresh, reply, serverForEachTest, signIn, useToken } from './caller';
import type { Client } from './clients';
import { manualClock } from './manualClock';

describe('The client_credentials grant', () => {
  let time = manualClock();
  const server = serverForEachTest(() => {
    time = manualClock();
    return { clock: time.now };
  });
  const form = { grant_type: 'client_credentials' };

  const byHeader = (client: Client = server().clients.batch) => post(server(), '/oauth/token', form, client);
  const byBody = async ({ id, secret }: { id: string; secret: string }, headers: Record<string, string> = {}) =>
    reply(
      await fetch(`${server().url}/oauth/token`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ ...form, client_id: id, client_secret: secret }),
      }),
    );
  const isValid = async (token: unknown) => (await useToken(server(), token)) === 200;

  it('gives a token without a refresh token, and it works', async () => {
    const { status, body } = await byHeader();
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'expires_in', 'scope']);
    assert.equal(await isValid(body['access_token']), true);
  });

  it('gives the same token with the same end until that, and then a new one', async () => {
    const first = (await byHeader()).body;
    time.advance(3599);
    assert.deepEqual((await byHeader()).body, { ...first, expires_in: 1 });
    time.advance(1);
    const next = (await byHeader()).body;
    assert.notEqual(next['access_token'], first['access_token']);
    assert.equal(next['expires_in'], 3600);
    assert.equal(await isValid(first['access_token']), false);
  });

  it('shows a made-up user with the id of the client, the role ROLE_API and the tenants of the client', async () => {
    server().clients.batch.tenants.pop();
    const token = (await byHeader()).body['access_token'];
    const { clientId, roles, user } = (await check(server(), token)).body as Record<string, Record<string, unknown>>;
    assert.equal(clientId, 'acme_batch');
    assert.deepEqual(roles, ['ROLE_API']);
    assert.match(String(user?.['username']), /acme_batch/);
    assert.deepEqual(user?.['tenants'], ['AcmeDev01']);
    assert.equal((await get(server(), '/reltio/tenants/AcmeTest01/name', token)).status, 403);
    assert.equal(server().users.find(String(user?.['username'])), undefined);
  });

  it('takes the secret in the header or in the body, as the client is registered', async () => {
    const { batch, inBody } = server().clients;
    assert.equal((await byBody(inBody)).status, 200);
    for (const refused of [await byBody(batch), await byHeader(inBody), await byBody({ id: inBody.id, secret: '' })]) {
      assert.deepEqual([refused.status, refused.body['error']], [401, 'unauthorized']);
    }
    batch.authenticatesBy.push('client_secret_post');
    assert.equal((await byBody(batch)).status, 200);
    assert.equal((await byHeader(batch)).status, 200);
  });

  it('refuses a client that authenticates in both places', async () => {
    const { batch } = server().clients;
    batch.authenticatesBy.push('client_secret_post');
    const answer = await byBody(batch, { authorization: batch.basic });
    assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_request']);
  });

  it('refuses a wrong secret in the body, and one in the URL', async () => {
    const { id, secret } = server().clients.inBody;
    assert.equal((await byBody({ id, secret: `${secret} ` })).status, 401);
    const query = new URLSearchParams({ ...form, client_id: id, client_secret: secret }).toString();
    const response = await reply(await fetch(`${server().url}/oauth/token?${query}`, { method: 'POST' }));
    assert.equal(response.status, 401);
    assert.deepEqual(
      server()
        .requests.tokenCalls()
        .map(({ secretInUrl }) => secretInUrl),
      [false, true],
    );
  });

  it('records which client asked, wherever its id was', async () => {
    await byHeader();
    await byBody(server().clients.inBody);
    assert.deepEqual(
      server()
        .requests.tokenCalls('client_credentials')
        .map(({ summary }) => summary),
      [
        'POST /oauth/token client_credentials by acme_batch: 200',
        'POST /oauth/token client_credentials by acme_postman: 200',
      ],
    );
  });

  it('is for clients that have this grant', async () => {
    const answer = await byHeader(server().clients.own);
    assert.deepEqual([answer.status, answer.body['error']], [400, 'unauthorized_client']);
  });

  it('never shares a token between clients', async () => {
    const other = server().clients.add('acme_other', 'x', { grants: ['client_credentials'] });
    assert.notEqual((await byHeader()).body['access_token'], (await byHeader(other)).body['access_token']);
  });

  it('revokes the token of a client whose secret is changed, not those of its users', async () => {
    const token = (await byHeader()).body['access_token'];
    const { basic, grants } = server().clients.batch;
    grants.push('password');
    const users = (await signIn(server(), server().users.plain, server().clients.batch)).body['access_token'];
    server().changeSecret('acme_batch');
    assert.deepEqual([await isValid(token), await isValid(users)], [false, true]);
    const answer = await fetch(`${server().url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: basic },
      body: new URLSearchParams(form),
    });
    assert.equal((await reply(answer)).status, 401);
    assert.notEqual((await byHeader()).body['access_token'], token);
  });

  it('issues a new token after a revoke', async () => {
    const token = (await byHeader()).body['access_token'];
    await post(server(), '/oauth/revoke', { token: String(token) });
    assert.equal(await isValid(token), false);
    assert.equal(await isValid((await byHeader()).body['access_token']), true);
  });

  it('returns a refresh token that nobody can use, where the policy says so', async () => {
    server().policy.clientCredentialsRefreshToken = true;
    const { body } = await byHeader();
    server().clients.batch.grants.push('refresh_token');
    assert.equal((await refresh(server(), body['refresh_token'], server().clients.batch)).status, 400);
  });

  describe('with multi-token support', () => {
    beforeEach(() => {
      server().policy.multiTokenQuota = 2;
    });

    it('gives each request a new token with a full life, and the older ones stay valid', async () => {
      const first = (await byHeader()).body;
      time.advance(600);
      const second = (await byHeader()).body;
      assert.notEqual(second['access_token'], first['access_token']);
      assert.equal(second['expires_in'], 3600);
      assert.deepEqual(await Promise.all([first, second].map((body) => isValid(body['access_token']))), [true, true]);
    });

    it('answers 429 while the quota is used up, and again a token once one has expired', async () => {
      await byHeader();
      time.advance(600);
      await byHeader();
      const refused = await byHeader();
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, null]);
      assert.match(refused.text, /limit of active tokens is exceeded/);
      time.advance(3000);
      assert.equal((await byHeader()).status, 200);
    });

    it('counts each client for itself, and users not at all', async () => {
      await byHeader();
      await byHeader();
      assert.equal((await byBody(server().clients.inBody)).status, 200);
    });

    it('answers 400 where the policy says so', async () => {
      Object.assign(server().policy, { quotaRefusal: 'limitExceeded400', multiTokenQuota: 1 });
      await byHeader();
      const refused = await byHeader();
      assert.deepEqual([refused.status, refused.body['error']], [400, 'invalid_request']);
    });
  });
});
