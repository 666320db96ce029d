import assert from 'node:assert/strict';
import { passwordForm, post, reply, serverForEachTest, signIn } from './caller';
import type { Client } from './clients';

describe('Client authentication', () => {
  const server = serverForEachTest();

  const withHeader = async (authorization?: string) =>
    reply(
      await fetch(`${server().url}/oauth/token`, {
        method: 'POST',
        headers: authorization === undefined ? {} : { authorization },
        body: new URLSearchParams(passwordForm(server().users.plain)),
      }),
    );
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it('accepts the raw base64 of id:secret', async () => {
    assert.equal(server().clients.documented.basic, 'Basic cmVsdGlvX3VpOnNlY3JldA==');
    assert.equal((await withHeader('Basic cmVsdGlvX3VpOnNlY3JldA==')).status, 200);
  });

  it('refuses a client id that was percent-encoded first', async () => {
    const answer = await withHeader(basic('reltio%5Fui:secret'));
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.body, {
      error: 'unauthorized',
      error_description: 'Full authentication is required to access this resource',
    });
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic realm=/);
  });

  it('accepts random 32-character secrets raw, and refuses them form-encoded', async () => {
    const { id, secret } = server().clients.own;
    assert.equal(secret.length, 32);
    assert.equal((await withHeader(basic(`${id}:${secret}`))).status, 200);
    assert.equal((await withHeader(basic(`${id}:${encodeURIComponent(secret)}`))).status, 401);
  });

  it('has several clients, each with a secret of its own', () => {
    const secrets = server()
      .clients.all()
      .map(({ secret }) => secret);
    assert.ok(secrets.length >= 4);
    assert.equal(new Set(secrets).size, secrets.length);
  });

  it('refuses a missing header, another scheme, a wrong secret and nonsense', async () => {
    for (const header of [
      undefined,
      'Bearer cmVsdGlvX3VpOnNlY3JldA==',
      basic('reltio_ui:Secret'),
      'Basic ',
      'Basic %%%',
    ]) {
      assert.equal((await withHeader(header)).status, 401, header);
    }
  });

  it('calls the error invalid_client where the policy says so', async () => {
    server().policy.badClientError = 'invalid_client';
    assert.equal((await withHeader()).body['error'], 'invalid_client');
  });

  it('answers a client that may not use the password grant with unauthorized_client', async () => {
    const answer = await signIn(server(), undefined, server().clients.batch);
    assert.deepEqual([answer.status, answer.body['error']], [400, 'unauthorized_client']);
    server().policy.unauthorizedClientStatus = 401;
    assert.equal((await signIn(server(), undefined, server().clients.batch)).status, 401);
  });

  it('grants the scopes of the client, which a test may change', async () => {
    const client: Client = server().clients.fewScopes;
    assert.equal((await signIn(server(), undefined, client)).body['scope'], 'entities_api relations_api');
    client.scopes = ['entities_api'];
    assert.equal((await signIn(server(), undefined, client)).body['scope'], 'entities_api');
  });

  it('refuses any other grant type, and names it', async () => {
    const answer = await post(server(), '/oauth/token', { grant_type: 'implicit' });
    assert.deepEqual([answer.status, answer.body['error']], [400, 'unsupported_grant_type']);
    assert.equal((await post(server(), '/oauth/token', {})).body['error'], 'invalid_request');
  });
});
