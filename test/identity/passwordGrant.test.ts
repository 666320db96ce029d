import assert from 'node:assert/strict';
import { check, passwordForm, post, reply, serverForEachTest, signIn, useToken } from './caller';
import { manualClock } from './manualClock';

const refused = { error: 'invalid_grant', error_description: 'Invalid Username or Password' };

describe('The password grant', () => {
  let time = manualClock();
  const server = serverForEachTest(() => {
    time = manualClock();
    return { clock: time.now };
  });

  it('gives a pair whose access token works at checkToken and at the data API', async () => {
    const { status, body } = await signIn(server());
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'refresh_token', 'expires_in', 'scope']);
    assert.equal((await check(server(), body['access_token'])).status, 200);
    assert.equal(await useToken(server(), body['access_token']), 200);
    assert.equal(await useToken(server(), body['refresh_token']), 401);
  });

  it('finds the user by name or e-mail address without regard to case', async () => {
    const form = passwordForm(server().users.add({ name: 'ravi', password: 'x' }));
    for (const username of ['Ravi', 'RAVI@Acme.COM']) {
      assert.equal((await post(server(), '/oauth/token', { ...form, username })).status, 200);
    }
  });

  it('refuses a wrong password and an unknown user with the same text', async () => {
    const { plain } = server().users;
    for (const wrong of [{ password: `${plain.password} ` }, { username: 'nobody@acme.com' }]) {
      const answer = await post(server(), '/oauth/token', { ...passwordForm(plain), ...wrong });
      assert.deepEqual([answer.status, answer.body], [400, refused]);
    }
  });

  it('names a missing parameter', async () => {
    const { password: _, ...form } = passwordForm(server().users.plain);
    const answer = await post(server(), '/oauth/token', form);
    assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_request']);
    assert.match(String(answer.body['error_description']), /'password' is not present/);
  });

  it('reads the body only if it is declared as a form', async () => {
    const response = await fetch(`${server().url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: server().clients.documented.basic, 'content-type': 'text/plain' },
      body: new URLSearchParams(passwordForm(server().users.plain)).toString(),
    });
    assert.equal((await reply(response)).body['error_description'], 'Missing grant type');
  });

  it('requires POST', async () => {
    const response = await fetch(`${server().url}/oauth/token?grant_type=password`);
    assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST']);
  });

  it('signs a Salesforce-only user in through idp_system only, and no other user through it', async () => {
    const { salesforceOnly, plain } = server().users;
    assert.deepEqual((await signIn(server(), salesforceOnly)).body, refused);
    const idp = { idp_system: 'salesforce' };
    assert.equal((await post(server(), '/oauth/token', { ...passwordForm(salesforceOnly), ...idp })).status, 200);
    assert.deepEqual((await post(server(), '/oauth/token', { ...passwordForm(plain), ...idp })).body, refused);
    const okta = { ...passwordForm(salesforceOnly), idp_system: 'okta' };
    assert.equal((await post(server(), '/oauth/token', okta)).body['error'], 'invalid_request');
  });

  it('asks for a one-time code after the password of another provider too', async () => {
    const { salesforceOnly } = server().users;
    salesforceOnly.mfa = 'EMAIL';
    const form = { ...passwordForm(salesforceOnly), idp_system: 'salesforce' };
    const { body } = await post(server(), '/oauth/token', form);
    assert.ok(body['state_token']);
    assert.equal(body['access_token'], undefined);
  });

  it('expires the access token exactly after its lifetime', async () => {
    server().policy.accessTokenLifetime = 90;
    const { body } = await signIn(server());
    assert.equal(body['expires_in'], 90);
    time.advance(89);
    assert.equal(await useToken(server(), body['access_token']), 200);
    time.advance(1);
    assert.equal(await useToken(server(), body['access_token']), 401);
  });

  it('gives a second login the same pair with the same expiry', async () => {
    const first = await signIn(server());
    time.advance(600.5);
    const { body } = await signIn(server());
    assert.deepEqual(body, { ...first.body, expires_in: 2999 });
  });

  it('gives a second login a new access token with the same refresh token once the first has expired', async () => {
    const first = await signIn(server());
    time.advance(3600);
    const { body } = await signIn(server());
    assert.notEqual(body['access_token'], first.body['access_token']);
    assert.equal(body['refresh_token'], first.body['refresh_token']);
    assert.equal(body['expires_in'], 3600);
  });

  it('gives a second login a new pair where the policy says so, and the first stays valid', async () => {
    server().policy.secondLoginReturns = 'newPair';
    const [first, second] = [await signIn(server()), await signIn(server())];
    assert.notEqual(first.body['access_token'], second.body['access_token']);
    assert.notEqual(first.body['refresh_token'], second.body['refresh_token']);
    assert.equal(await useToken(server(), first.body['access_token']), 200);
  });

  it('never shares a pair between clients or users', async () => {
    const [ui, own] = [await signIn(server()), await signIn(server(), undefined, server().clients.own)];
    assert.notEqual(ui.body['access_token'], own.body['access_token']);
    const other = server().users.add({ name: 'ravi@acme.com', password: 'x' });
    assert.notEqual((await signIn(server(), other)).body['access_token'], ui.body['access_token']);
  });

  it('gives tokens of several KB where the policy says so, and they work', async () => {
    assert.match(String((await signIn(server())).body['access_token']), /^[0-9a-f-]{36}$/);
    server().policy.secondLoginReturns = 'newPair';
    server().policy.tokenForm = 'severalKilobytes';
    const { body } = await signIn(server());
    assert.match(String(body['access_token']), /^s\.[\w-]{4000}\.[\w-]+$/);
    assert.equal(await useToken(server(), body['access_token']), 200);
  });
});
