import assert from 'node:assert/strict';
import { post, refresh, reply, serverForEachTest, signIn, useToken } from './caller';

describe('/oauth/revoke', () => {
  const server = serverForEachTest();

  const inForm = (token: unknown) => post(server(), '/oauth/revoke', { token: String(token) });
  const inQuery = async (token: unknown) =>
    reply(await fetch(`${server().url}/oauth/revoke?token=${String(token)}`, { method: 'POST' }));

  it('of a refresh token revokes it and every access token issued for it', async () => {
    server().policy.refreshRevokesOlderAccessToken = false;
    server().policy.refreshReturns = 'sameRefreshToken';
    const { body } = await signIn(server());
    const newer = await refresh(server(), body['refresh_token']);
    const answer = await inForm(body['refresh_token']);
    assert.deepEqual([answer.status, answer.body], [200, { status: 'success' }]);
    assert.equal((await refresh(server(), body['refresh_token'])).status, 400);
    assert.equal(await useToken(server(), body['access_token']), 401);
    assert.equal(await useToken(server(), newer.body['access_token']), 401);
  });

  it('of an access token revokes only that one, and the refresh token can get another', async () => {
    server().policy.refreshReturns = 'samePairNewExpiry';
    const { body } = await signIn(server());
    await inForm(body['access_token']);
    assert.equal(await useToken(server(), body['access_token']), 401);
    const renewed = await refresh(server(), body['refresh_token']);
    assert.notEqual(renewed.body['access_token'], body['access_token']);
    assert.equal(await useToken(server(), renewed.body['access_token']), 200);
  });

  it('does not affect the tokens of other users', async () => {
    const mine = await signIn(server());
    const other = await signIn(server(), undefined, server().clients.own);
    await inForm(mine.body['refresh_token']);
    assert.equal(await useToken(server(), other.body['access_token']), 200);
  });

  it('reads the token from the form, the query or both, as the policy says', async () => {
    const missing = {
      error: 'invalid_request',
      error_description: "Required String parameter 'token' is not present",
    };
    const { policy } = server();
    const token = (await signIn(server())).body['refresh_token'];
    policy.revokeTakes = 'query';
    assert.deepEqual([(await inForm(token)).status, (await inForm(token)).body], [400, missing]);
    assert.equal((await refresh(server(), token)).status, 200);
    policy.revokeTakes = 'form';
    assert.deepEqual((await inQuery(token)).body, missing);
    assert.equal((await inForm(token)).status, 200);
    policy.revokeTakes = 'query';
    assert.equal((await inQuery(token)).status, 200);
    policy.revokeTakes = 'both';
    assert.deepEqual([(await inForm(token)).status, (await inQuery(token)).status], [200, 200]);
    assert.equal((await post(server(), '/oauth/revoke', {})).status, 400);
  });

  it('is not recorded as a leak with ?token=, the documented form', async () => {
    await inQuery((await signIn(server())).body['refresh_token']);
    assert.equal(server().requests.to('/oauth/revoke')[0]?.secretInUrl, false);
  });

  it('of an unknown token is a success', async () => {
    assert.deepEqual((await inForm('unknown')).body, { status: 'success' });
  });

  it('requires no client, unless the policy says so', async () => {
    assert.equal((await inQuery('x')).status, 200);
    server().policy.revokeNeedsClient = true;
    assert.equal((await inQuery('x')).status, 401);
    assert.equal((await inForm('x')).status, 200);
  });

  it('sends the logout address if there is one', async () => {
    server().policy.logoutUri = 'https://idp.acme.com/logout';
    assert.deepEqual((await inForm('x')).body, { status: 'success', logoutUri: 'https://idp.acme.com/logout' });
  });

  it('requires POST', async () => {
    assert.equal((await fetch(`${server().url}/oauth/revoke?token=x`)).status, 405);
  });
});
