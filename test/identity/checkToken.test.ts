import assert from 'node:assert/strict';
import { check, post, serverForEachTest, signIn } from './caller';
import { manualClock } from './manualClock';

describe('/oauth/checkToken', () => {
  const time = manualClock();
  const server = serverForEachTest(() => ({ clock: time.now }));

  it('returns the user, roles, tenants, scopes, client and expiry of a valid token', async () => {
    const { body } = await signIn(server());
    const checked = await check(server(), body['access_token']);
    assert.equal(checked.status, 200);
    const { clientId, expiration, scopes, user } = checked.body as { user: Record<string, unknown> } & typeof body;
    assert.equal(clientId, 'reltio_ui');
    assert.equal(expiration, time.now() / 1000 + 3600);
    assert.deepEqual(scopes, server().clients.documented.scopes);
    assert.equal(user['username'], 'jane@acme.com');
    assert.deepEqual(user['tenants'], ['AcmeDev01', 'AcmeTest01']);
    server().policy.expirationUnit = 'milliseconds';
    assert.equal((await check(server(), body['access_token'])).body['expiration'], time.now() + 3_600_000);
  });

  it('accepts the token in the query too, which is recorded as a leak', async () => {
    const { body } = await signIn(server());
    const path = `/oauth/checkToken?token=${String(body['access_token'])}`;
    assert.equal((await post(server(), path, {})).status, 200);
    assert.equal(server().requests.to('/oauth/checkToken')[0]?.secretInUrl, true);
  });

  it('refuses an expired token, an unknown token and a refresh token, and echoes it', async () => {
    const { body } = await signIn(server());
    server().expireAccessTokens();
    for (const token of [body['access_token'], body['refresh_token'], 'unknown']) {
      const answer = await check(server(), token);
      assert.equal(answer.status, 401);
      assert.deepEqual(answer.body, {
        error: 'invalid_token',
        error_description: `Invalid access token: ${String(token)}`,
      });
    }
    server().policy.invalidCheckedTokenStatus = 400;
    assert.equal((await check(server(), 'unknown')).status, 400);
  });

  it('requires the Basic header of a known client, whichever it is', async () => {
    const { body } = await signIn(server());
    const form = { token: String(body['access_token']) };
    assert.equal((await post(server(), '/oauth/checkToken', form, server().clients.own)).status, 200);
    const anonymous = await fetch(`${server().url}/oauth/checkToken`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    assert.equal(anonymous.status, 401);
    assert.match(anonymous.headers.get('www-authenticate') ?? '', /^Basic/);
    await anonymous.text();
  });

  it('lets a client that must authenticate in the body do so', async () => {
    const token = String((await signIn(server())).body['access_token']);
    const { id, secret } = server().clients.inBody;
    const body = new URLSearchParams({ token, client_id: id, client_secret: secret });
    assert.equal((await fetch(`${server().url}/oauth/checkToken`, { method: 'POST', body })).status, 200);
  });

  it('shows the roles of a user by tenant', async () => {
    const ravi = server().users.add({
      name: 'ravi@acme.com',
      password: 'x',
      roles: { ROLE_USER: ['AcmeDev01', 'AcmeTest01'], ROLE_ADMIN_TENANT: ['AcmeTest01'], ROLE_ADMIN_CUSTOMER: [] },
    });
    const { body } = await check(server(), (await signIn(server(), ravi)).body['access_token']);
    const { roles, userPermissions } = body['user'] as Record<string, Record<string, unknown>>;
    assert.deepEqual(roles, ['ROLE_USER', 'ROLE_ADMIN_TENANT', 'ROLE_ADMIN_CUSTOMER']);
    assert.deepEqual(userPermissions?.['roles'], ravi.roles);
  });

  it('leaves fields out, or is absent, where the policy says so', async () => {
    const { policy } = server();
    const token = (await signIn(server())).body['access_token'];
    const told = async (checkTokenTells: typeof policy.checkTokenTells) => {
      policy.checkTokenTells = checkTokenTells;
      return check(server(), token);
    };
    const { expiration: _, ...timeless } = (await told('everything')).body;
    assert.deepEqual((await told('withoutExpiry')).body, timeless);
    assert.deepEqual(
      ['user', 'expiration', 'clientId'].map((name) => name in timeless),
      [true, false, true],
    );
    const { body } = await told('withoutUser');
    assert.deepEqual([body['user'], typeof body['expiration']], [undefined, 'number']);
    assert.deepEqual((await told('userNameOnly')).body, { user: { username: 'jane@acme.com' } });
    assert.equal((await told('absent')).status, 404);
  });

  it('names the missing token', async () => {
    assert.equal((await post(server(), '/oauth/checkToken', {})).status, 400);
  });
});
