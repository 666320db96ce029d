import assert from 'node:assert/strict';
import { check, refresh, serverForEachTest, signIn, useToken } from './caller';
import { handClock } from './handClock';
import type { Policy } from './policy';

describe('The refresh_token grant', () => {
  let time = handClock();
  const server = serverForEachTest(() => {
    time = handClock();
    return { clock: time.now };
  });

  /** Signs in, waits, refreshes once under a policy. */
  const refreshedAfter = async (seconds: number, policy: Partial<Policy>) => {
    Object.assign(server().policy, policy);
    const first = (await signIn(server())).body;
    time.forward(seconds);
    const answer = await refresh(server(), first['refresh_token']);
    assert.equal(answer.status, 200, answer.text);
    return { first, second: answer.body };
  };
  const lives = async (token: unknown) => (await useToken(server(), token)) === 200;

  describe('with samePairOldEnd', () => {
    const policy: Partial<Policy> = { refreshReturns: 'samePairOldEnd' };

    it('gives the same bytes and what is left of their life', async () => {
      const { first, second } = await refreshedAfter(1000, policy);
      assert.deepEqual(second, { ...first, expires_in: 2600 });
      time.forward(2600);
      assert.equal(await lives(first['access_token']), false);
    });

    it('gives a new access token beside the same refresh token once the old one ended', async () => {
      const { first, second } = await refreshedAfter(3600, policy);
      assert.notEqual(second['access_token'], first['access_token']);
      assert.equal(second['refresh_token'], first['refresh_token']);
      assert.equal(second['expires_in'], 3600);
    });
  });

  describe('with samePairFullLife', () => {
    const policy: Partial<Policy> = { refreshReturns: 'samePairFullLife' };

    it('gives the same bytes a full life again, which is true at the data API too', async () => {
      const { first, second } = await refreshedAfter(1000, policy);
      assert.deepEqual(second, first);
      time.forward(3599);
      assert.equal(await lives(first['access_token']), true);
    });

    it('does so even when they had ended', async () => {
      const { first, second } = await refreshedAfter(4000, policy);
      assert.deepEqual(second, first);
      assert.equal(await lives(first['access_token']), true);
    });
  });

  describe('with rotatedPair', () => {
    const policy: Partial<Policy> = { refreshReturns: 'rotatedPair' };

    it('gives a new pair, and the old refresh token is dead', async () => {
      const { first, second } = await refreshedAfter(10, policy);
      assert.notEqual(second['access_token'], first['access_token']);
      assert.notEqual(second['refresh_token'], first['refresh_token']);
      assert.equal(second['expires_in'], 3600);
      const again = await refresh(server(), first['refresh_token']);
      assert.deepEqual([again.status, again.body['error']], [400, 'invalid_grant']);
      assert.equal((await refresh(server(), second['refresh_token'])).status, 200);
    });

    it('gives the new refresh token a full life', async () => {
      const { second } = await refreshedAfter(27 * 86_400, policy);
      time.forward(27 * 86_400);
      assert.equal((await refresh(server(), second['refresh_token'])).status, 200);
    });
  });

  it('with noRefreshToken gives a new access token alone, and the old refresh token stays good', async () => {
    const { first, second } = await refreshedAfter(10, { refreshReturns: 'noRefreshToken' });
    assert.deepEqual(Object.keys(second), ['access_token', 'token_type', 'expires_in', 'scope']);
    assert.notEqual(second['access_token'], first['access_token']);
    assert.equal((await refresh(server(), first['refresh_token'])).status, 200);
  });

  it('with sameRefreshToken gives a new access token beside the same refresh token', async () => {
    const { first, second } = await refreshedAfter(10, { refreshReturns: 'sameRefreshToken' });
    assert.notEqual(second['access_token'], first['access_token']);
    assert.equal(second['refresh_token'], first['refresh_token']);
  });

  it('keeps a living access token with its end where an early refresh returns sameAccessToken', async () => {
    const { first, second } = await refreshedAfter(600, { earlyRefreshReturns: 'sameAccessToken' });
    assert.equal(second['access_token'], first['access_token']);
    assert.equal(second['expires_in'], 3000);
    assert.notEqual(second['refresh_token'], first['refresh_token']);
    time.forward(3000);
    const late = await refresh(server(), second['refresh_token']);
    assert.notEqual(late.body['access_token'], first['access_token']);
  });

  it('kills the older access token where the policy says so, and only then', async () => {
    const killed = await refreshedAfter(10, { refreshKillsOlderAccessToken: true, secondLoginReturns: 'newPair' });
    assert.equal(await lives(killed.first['access_token']), false);
    const spared = await refreshedAfter(10, { refreshKillsOlderAccessToken: false });
    assert.equal(await lives(spared.first['access_token']), true);
    assert.equal(await lives(spared.second['access_token']), true);
  });

  it('takes the token through its own client only', async () => {
    const { body } = await signIn(server());
    const other = await refresh(server(), body['refresh_token'], server().clients.own);
    assert.deepEqual([other.status, other.body['error']], [400, 'invalid_grant']);
    assert.equal((await refresh(server(), body['refresh_token'])).status, 200);
  });

  it('refuses a refresh token after 28 days from the login, however often it was used', async () => {
    const { first } = await refreshedAfter(27 * 86_400, { refreshReturns: 'sameRefreshToken' });
    time.forward(86_399);
    assert.equal((await refresh(server(), first['refresh_token'])).status, 200);
    time.forward(1);
    assert.equal((await refresh(server(), first['refresh_token'])).status, 400);
  });

  it('echoes a dead token, as 400 invalid_grant or as 401 invalid_token', async () => {
    assert.deepEqual((await refresh(server(), 'gone')).body, {
      error: 'invalid_grant',
      error_description: 'Invalid refresh token: gone',
    });
    server().policy.deadRefreshToken = 'invalidToken401';
    const answer = await refresh(server(), 'gone');
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.body, {
      error: 'invalid_token',
      error_description: 'Invalid refresh token (expired): gone',
    });
  });

  it('refuses what killRefreshTokens killed, for one user or for all; access tokens live on', async () => {
    const jane = (await signIn(server())).body;
    const ravi = (await signIn(server(), server().users.add({ name: 'ravi', password: 'x' }))).body;
    server().killRefreshTokens('jane@acme.com');
    assert.equal((await refresh(server(), jane['refresh_token'])).status, 400);
    assert.equal(await lives(jane['access_token']), true);
    const rotated = await refresh(server(), ravi['refresh_token']);
    assert.equal(rotated.status, 200);
    server().killRefreshTokens();
    assert.equal((await refresh(server(), rotated.body['refresh_token'])).status, 400);
    assert.notEqual((await signIn(server())).body['refresh_token'], jane['refresh_token']);
  });

  it('renews what expireAccessTokens ended, for one user or for all', async () => {
    const jane = (await signIn(server())).body;
    const ravi = (await signIn(server(), server().users.add({ name: 'ravi', password: 'x' }))).body;
    server().expireAccessTokens('jane@acme.com');
    assert.deepEqual([await lives(jane['access_token']), await lives(ravi['access_token'])], [false, true]);
    server().expireAccessTokens();
    assert.equal((await check(server(), ravi['access_token'])).status, 401);
    const renewed = await refresh(server(), jane['refresh_token']);
    assert.equal(await lives(renewed.body['access_token']), true);
  });

  it('rotates once for many at the same time: one new pair, the others refused', async () => {
    const { body } = await signIn(server());
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(server(), body['refresh_token'])));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(server().requests.tokenCalls('refresh_token').length, 20);
  });
});
