import assert from 'node:assert/strict';
import { check, refresh, serverForEachTest, signIn, useToken } from './caller';
import { manualClock } from './manualClock';
import type { Policy } from './policy';

describe('The refresh_token grant', () => {
  let time = manualClock();
  const server = serverForEachTest(() => {
    time = manualClock();
    return { clock: time.now };
  });

  /** Signs in, waits, refreshes once under a policy. */
  const refreshedAfter = async (seconds: number, policy: Partial<Policy>) => {
    Object.assign(server().policy, policy);
    const first = (await signIn(server())).body;
    time.advance(seconds);
    const answer = await refresh(server(), first['refresh_token']);
    assert.equal(answer.status, 200, answer.text);
    return { first, second: answer.body };
  };
  const isValid = async (token: unknown) => (await useToken(server(), token)) === 200;

  describe('with samePairSameExpiry', () => {
    const policy: Partial<Policy> = { refreshReturns: 'samePairSameExpiry' };

    it('returns the same pair with the same expiry', async () => {
      const { first, second } = await refreshedAfter(1000, policy);
      assert.deepEqual(second, { ...first, expires_in: 2600 });
      time.advance(2600);
      assert.equal(await isValid(first['access_token']), false);
    });

    it('returns a new access token with the same refresh token once the old one has expired', async () => {
      const { first, second } = await refreshedAfter(3600, policy);
      assert.notEqual(second['access_token'], first['access_token']);
      assert.equal(second['refresh_token'], first['refresh_token']);
      assert.equal(second['expires_in'], 3600);
    });
  });

  describe('with samePairNewExpiry', () => {
    const policy: Partial<Policy> = { refreshReturns: 'samePairNewExpiry' };

    it('returns the same pair with a new expiry, which the data API honours too', async () => {
      const { first, second } = await refreshedAfter(1000, policy);
      assert.deepEqual(second, first);
      time.advance(3599);
      assert.equal(await isValid(first['access_token']), true);
    });

    it('does so even after the pair has expired', async () => {
      const { first, second } = await refreshedAfter(4000, policy);
      assert.deepEqual(second, first);
      assert.equal(await isValid(first['access_token']), true);
    });
  });

  describe('with rotatedPair', () => {
    const policy: Partial<Policy> = { refreshReturns: 'rotatedPair' };

    it('returns a new pair, and refuses the old refresh token', async () => {
      const { first, second } = await refreshedAfter(10, policy);
      assert.notEqual(second['access_token'], first['access_token']);
      assert.notEqual(second['refresh_token'], first['refresh_token']);
      assert.equal(second['expires_in'], 3600);
      const again = await refresh(server(), first['refresh_token']);
      assert.deepEqual([again.status, again.body['error']], [400, 'invalid_grant']);
      assert.equal((await refresh(server(), second['refresh_token'])).status, 200);
    });

    it('gives the new refresh token a full lifetime', async () => {
      const { second } = await refreshedAfter(27 * 86_400, policy);
      time.advance(27 * 86_400);
      assert.equal((await refresh(server(), second['refresh_token'])).status, 200);
    });
  });

  it('with noRefreshToken returns only a new access token, and the old refresh token stays valid', async () => {
    const { first, second } = await refreshedAfter(10, { refreshReturns: 'noRefreshToken' });
    assert.deepEqual(Object.keys(second), ['access_token', 'token_type', 'expires_in', 'scope']);
    assert.notEqual(second['access_token'], first['access_token']);
    assert.equal((await refresh(server(), first['refresh_token'])).status, 200);
  });

  it('with sameRefreshToken returns a new access token with the same refresh token', async () => {
    const { first, second } = await refreshedAfter(10, { refreshReturns: 'sameRefreshToken' });
    assert.notEqual(second['access_token'], first['access_token']);
    assert.equal(second['refresh_token'], first['refresh_token']);
  });

  it('returns a valid access token again, with the same expiry, where an early refresh returns sameAccessToken', async () => {
    const { first, second } = await refreshedAfter(600, { earlyRefreshReturns: 'sameAccessToken' });
    assert.equal(second['access_token'], first['access_token']);
    assert.equal(second['expires_in'], 3000);
    assert.notEqual(second['refresh_token'], first['refresh_token']);
    time.advance(3000);
    const late = await refresh(server(), second['refresh_token']);
    assert.notEqual(late.body['access_token'], first['access_token']);
  });

  it('revokes the older access token where the policy says so, and only then', async () => {
    const revoked = await refreshedAfter(10, { refreshRevokesOlderAccessToken: true, secondLoginReturns: 'newPair' });
    assert.equal(await isValid(revoked.first['access_token']), false);
    const kept = await refreshedAfter(10, { refreshRevokesOlderAccessToken: false });
    assert.equal(await isValid(kept.first['access_token']), true);
    assert.equal(await isValid(kept.second['access_token']), true);
  });

  it('accepts the token through its own client only', async () => {
    const { body } = await signIn(server());
    const other = await refresh(server(), body['refresh_token'], server().clients.own);
    assert.deepEqual([other.status, other.body['error']], [400, 'invalid_grant']);
    assert.equal((await refresh(server(), body['refresh_token'])).status, 200);
  });

  it('refuses a refresh token 28 days after the login, however often it was used', async () => {
    const { first } = await refreshedAfter(27 * 86_400, { refreshReturns: 'sameRefreshToken' });
    time.advance(86_399);
    assert.equal((await refresh(server(), first['refresh_token'])).status, 200);
    time.advance(1);
    assert.equal((await refresh(server(), first['refresh_token'])).status, 400);
  });

  it('echoes an invalid token, as 400 invalid_grant or as 401 invalid_token', async () => {
    assert.deepEqual((await refresh(server(), 'gone')).body, {
      error: 'invalid_grant',
      error_description: 'Invalid refresh token: gone',
    });
    server().policy.invalidRefreshToken = 'invalidToken401';
    const answer = await refresh(server(), 'gone');
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.body, {
      error: 'invalid_token',
      error_description: 'Invalid refresh token (expired): gone',
    });
  });

  it('refuses what invalidateRefreshTokens invalidated, for one user or for all; access tokens stay valid', async () => {
    const jane = (await signIn(server())).body;
    const ravi = (await signIn(server(), server().users.add({ name: 'ravi', password: 'x' }))).body;
    server().invalidateRefreshTokens('jane@acme.com');
    assert.equal((await refresh(server(), jane['refresh_token'])).status, 400);
    assert.equal(await isValid(jane['access_token']), true);
    const rotated = await refresh(server(), ravi['refresh_token']);
    assert.equal(rotated.status, 200);
    server().invalidateRefreshTokens();
    assert.equal((await refresh(server(), rotated.body['refresh_token'])).status, 400);
    assert.notEqual((await signIn(server())).body['refresh_token'], jane['refresh_token']);
  });

  it('refreshes what expireAccessTokens expired, for one user or for all', async () => {
    const jane = (await signIn(server())).body;
    const ravi = (await signIn(server(), server().users.add({ name: 'ravi', password: 'x' }))).body;
    server().expireAccessTokens('jane@acme.com');
    assert.deepEqual([await isValid(jane['access_token']), await isValid(ravi['access_token'])], [false, true]);
    server().expireAccessTokens();
    assert.equal((await check(server(), ravi['access_token'])).status, 401);
    const renewed = await refresh(server(), jane['refresh_token']);
    assert.equal(await isValid(renewed.body['access_token']), true);
  });

  it('rotates once for concurrent requests: one new pair, and the others are refused', async () => {
    const { body } = await signIn(server());
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(server(), body['refresh_token'])));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(server().requests.tokenCalls('refresh_token').length, 20);
  });
});
