import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { broughtBack, exchange, newChallenge, open } from './browser';
import { check, refresh, serverForEachTest, useToken } from './caller';
import { manualClock } from './manualClock';

describe('The authorization_code grant', () => {
  let time = manualClock();
  const server = serverForEachTest(() => {
    time = manualClock();
    return { clock: time.now, policy: { autoApprove: 'omar@acme.com' } };
  });
  const code = async (more: Record<string, string> = {}) => broughtBack(await open(server(), more))['code'] ?? 'none';
  const refused = async (more: Record<string, string>, client = server().clients.browser) => {
    const { status, body } = await exchange(server(), more, client);
    assert.deepEqual(
      [status, body],
      [400, { error: 'invalid_grant', error_description: `Invalid authorization code: ${more['code'] ?? ''}` }],
    );
  };

  it('gives the user who signed in a pair that works and can be refreshed, without a one-time code', async () => {
    const { status, body } = await exchange(server(), { code: await code() });
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'refresh_token', 'expires_in', 'scope']);
    const { user } = (await check(server(), body['access_token'])).body as { user: Record<string, unknown> };
    assert.equal(user['username'], 'omar@acme.com');
    assert.equal(await useToken(server(), body['access_token']), 200);
    assert.equal((await refresh(server(), body['refresh_token'], server().clients.browser)).status, 200);
    assert.equal((await refresh(server(), body['refresh_token'])).status, 400);
  });

  it('accepts a code once', async () => {
    const once = await code();
    assert.equal((await exchange(server(), { code: once })).status, 200);
    await refused({ code: once });
  });

  it('closes a code at the first wrong attempt', async () => {
    const once = await code();
    await refused({ code: once, redirect_uri: 'http://localhost:8082' });
    await refused({ code: once });
  });

  it('refuses an expired code, exactly after its lifetime', async () => {
    server().policy.codeLifetime = 60;
    const [inTime, late] = [await code(), await code()];
    time.advance(59);
    assert.equal((await exchange(server(), { code: inTime })).status, 200);
    time.advance(1);
    await refused({ code: late });
  });

  it('refuses the code of another client', async () => {
    const other = server().clients.add('other', 'x', { grants: ['authorization_code'] });
    await refused({ code: await code() }, other);
  });

  it('needs the same redirect address, unless the policy does without', async () => {
    await refused({ code: await code(), redirect_uri: 'http://localhost:8081/' });
    await refused({ code: await code(), redirect_uri: '' });
    server().policy.codeNeedsRedirectUri = false;
    assert.equal((await exchange(server(), { code: await code(), redirect_uri: '' })).status, 200);
    await refused({ code: await code(), redirect_uri: 'http://localhost:8082' });
  });

  it('needs the verifier of its challenge, and none without a challenge', async () => {
    const { verifier, challenge } = newChallenge();
    assert.equal((await exchange(server(), { code: await code(challenge), code_verifier: verifier })).status, 200);
    await refused({ code: await code(challenge) });
    await refused({ code: await code(challenge), code_verifier: newChallenge().verifier });
    await refused({ code: await code(challenge), code_verifier: challenge['code_challenge'] ?? '' });
    await refused({ code: await code(), code_verifier: verifier });
    const short = { code_challenge: createHash('sha256').update('short').digest('base64url') };
    const sent = { ...short, code_challenge_method: 'S256' };
    await refused({ code: await code(sent), code_verifier: 'short' });
  });

  it('ignores challenge and verifier where the policy says so', async () => {
    server().policy.pkce = 'ignored';
    assert.equal((await exchange(server(), { code: await code(newChallenge().challenge) })).status, 200);
    assert.equal((await exchange(server(), { code: await code(), code_verifier: 'x' })).status, 200);
  });

  it('names a missing code, and refuses one with another error where the policy says so', async () => {
    assert.match((await exchange(server(), {})).text, /'code' is not present/);
    server().policy.codeRefusal = 'invalidRequest';
    const { body } = await exchange(server(), { code: 'unknown' });
    assert.deepEqual(body, { error: 'invalid_request', error_description: 'Invalid Authorization code' });
  });

  it('is for clients that have this grant', async () => {
    const { body } = await exchange(server(), { code: 'x' }, server().clients.own);
    assert.equal(body['error'], 'unauthorized_client');
  });

  it('records a code in the URL as a leak', async () => {
    await fetch(`${server().url}/oauth/token?code=x`, { method: 'POST' });
    await fetch(`${server().url}/elsewhere?x=${encodeURIComponent(await code())}`);
    assert.deepEqual(
      server().requests.all.map(({ secretInUrl }) => secretInUrl),
      [true, false, true],
    );
  });
});
