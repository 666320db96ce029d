import assert from 'node:assert/strict';
import { get, passwordForm, post, refresh, serverForEachTest, signIn } from './caller';

describe('The log of requests', () => {
  const server = serverForEachTest();

  it('keeps method, path, grant, client, form fields and status', async () => {
    const { body } = await signIn(server());
    await refresh(server(), 'invalid');
    await get(server(), '/reltio/status');
    const { requests } = server();
    assert.deepEqual(
      requests.all.map(({ summary }) => summary),
      [
        'POST /oauth/token password by reltio_ui: 200',
        'POST /oauth/token refresh_token by reltio_ui: 400',
        'GET /reltio/status: 200',
      ],
    );
    assert.deepEqual(requests.tokenCalls('refresh_token')[0]?.form, {
      grant_type: 'refresh_token',
      refresh_token: 'invalid',
    });
    assert.equal(requests.tokenCalls()[0]?.headers.authorization, server().clients.documented.basic);
    assert.ok(body['access_token']);
  });

  it('counts token calls since the last clear, all of them or those of one grant', async () => {
    await signIn(server());
    await refresh(server(), 'x');
    await get(server(), '/reltio/status');
    const { requests } = server();
    assert.deepEqual([requests.tokenCalls().length, requests.tokenCalls('password').length], [2, 1]);
    requests.clear();
    assert.deepEqual([requests.tokenCalls().length, requests.all.length], [0, 0]);
  });

  it('has no user name and no secret in a summary', async () => {
    const { plain } = server().users;
    server().faults.next({ kind: 'brokenJson' });
    await post(server(), `/oauth/token?${new URLSearchParams(passwordForm(plain)).toString()}`, {});
    const summary = server().requests.all[0]?.summary;
    assert.equal(summary, 'POST /oauth/token password by reltio_ui: 200 (brokenJson)');
  });

  it('flags a secret in the URL by its name', async () => {
    for (const name of ['password', 'refresh_token', 'access_token', 'token', 'state_token', 'totp', 'client_secret']) {
      await post(server(), `/oauth/token?${name}=x`, {});
      assert.equal(server().requests.all.at(-1)?.secretInUrl, true, name);
    }
  });

  it('flags a secret in the URL by its value, in the query or the path', async () => {
    const { body } = await signIn(server());
    const secrets = [
      String(body['access_token']),
      String(body['refresh_token']),
      server().users.plain.password,
      server().clients.own.secret,
    ];
    for (const secret of secrets) {
      await get(server(), `/reltio/status?x=${encodeURIComponent(secret)}`);
      assert.equal(server().requests.all.at(-1)?.secretInUrl, true);
    }
    await get(server(), `/reltio/tenants/${secrets[0] ?? ''}/name`);
    assert.equal(server().requests.all.at(-1)?.secretInUrl, true);
    await get(server(), `/reltio/tenants/${encodeURIComponent(server().users.plain.password)}/name`);
    assert.equal(server().requests.all.at(-1)?.secretInUrl, true);
  });

  it('flags nothing in a correct request', async () => {
    const { body } = await signIn(server());
    await refresh(server(), body['refresh_token']);
    await get(server(), '/reltio/enhancedTenants?showAll=true', body['access_token']);
    assert.deepEqual(
      server().requests.all.map(({ secretInUrl }) => secretInUrl),
      [false, false, false],
    );
  });

  it('reports a request before it is answered', async () => {
    server().faults.next({ kind: 'wait', milliseconds: 20 });
    const arrival = server().requests.arrival('/oauth/token');
    const call = signIn(server());
    const entry = await arrival;
    assert.equal(entry.status, undefined);
    await call;
    assert.equal(entry.status, 200);
  });
});
