import assert from 'node:assert/strict';
import { Agent, fetch as undiciFetch } from 'undici';
import { get, serverForEachTest, signIn, useToken } from './caller';
import { selfSignedCertificate } from './certificate';
import { manualClock } from './manualClock';
import { rawRequest } from './rawRequest';
import { startIdentityServer } from './server';

describe('The identity server', () => {
  const server = serverForEachTest();

  it('listens on loopback, at a free port or at the one asked for', async () => {
    assert.equal(server().url, `http://127.0.0.1:${server().port}`);
    await server().close();
    const again = await startIdentityServer({ port: server().port });
    assert.equal(again.port, server().port);
    await again.close();
  });

  it('rejects when the port is taken', async () => {
    await assert.rejects(startIdentityServer({ port: server().port }), { code: 'EADDRINUSE' });
  });

  it('starts with the given policy, and applies a change at once', async () => {
    const policy = { accessTokenLifetime: 7, secondLoginReturns: 'newPair' } as const;
    // With a running clock a millisecond may pass before the answer, which makes it a second less.
    const short = await startIdentityServer({ clock: manualClock().now, policy });
    assert.equal((await signIn(short)).body['expires_in'], 7);
    short.policy.accessTokenLifetime = 9;
    assert.equal((await signIn(short)).body['expires_in'], 9);
    await short.close();
    assert.equal(server().policy.accessTokenLifetime, 3600);
  });

  it('serves two hundred concurrent callers over keep-alive connections', async () => {
    server().policy.secondLoginReturns = 'newPair';
    const answers = await Promise.all(Array.from({ length: 200 }, () => signIn(server())));
    assert.equal(new Set(answers.map(({ body }) => body['access_token'])).size, 200);
  });

  it('closes at once, with idle and hanging connections, and may be closed twice', async () => {
    await signIn(server());
    server().faults.next({ kind: 'hang' });
    server().faults.next({ kind: 'slowDrip', millisecondsPerByte: 1000 });
    server().faults.next({ kind: 'wait', milliseconds: 60_000 });
    const calls = [0, 1, 2].map(() => signIn(server()).catch(() => 'cut'));
    while (server().requests.all.length < 4) {
      await server().requests.arrival();
    }
    const start = performance.now();
    await server().close();
    assert.deepEqual(await Promise.all(calls), ['cut', 'cut', 'cut']);
    assert.ok(performance.now() - start < 10_000);
    await server().close();
  });

  it('uses https with a certificate, which a caller must trust', async () => {
    const tls = selfSignedCertificate();
    const secure = await startIdentityServer({ tls });
    assert.match(secure.url, /^https:/);
    await assert.rejects(undiciFetch(`${secure.url}/reltio/status`), (error: Error) => {
      return (error.cause as { code?: string }).code === 'DEPTH_ZERO_SELF_SIGNED_CERT';
    });
    const dispatcher = new Agent({ connect: { ca: tls.cert } });
    assert.equal((await undiciFetch(`${secure.url}/reltio/status`, { dispatcher })).status, 200);
    secure.faults.next({ kind: 'resetAfterReading' });
    await assert.rejects(undiciFetch(`${secure.url}/reltio/status`, { dispatcher }), TypeError);
    await secure.close();
    await dispatcher.close();
  });

  it('can present an expired certificate', async () => {
    const tls = selfSignedCertificate(new Date(Date.now() - 60_000));
    const secure = await startIdentityServer({ tls });
    const dispatcher = new Agent({ connect: { ca: tls.cert } });
    await assert.rejects(undiciFetch(`${secure.url}/reltio/status`, { dispatcher }), (error: Error) => {
      return (error.cause as { code?: string }).code === 'CERT_HAS_EXPIRED';
    });
    await secure.close();
    await dispatcher.close();
  });

  it('adds a login whose tokens a test chose', async () => {
    server().addLogin({
      userName: 'jane@acme.com',
      clientId: 'acme_dev',
      accessToken: 'canary-a',
      refreshToken: 'canary-r',
    });
    assert.equal(await useToken(server(), 'canary-a'), 200);
    assert.equal((await signIn(server(), undefined, server().clients.own)).body['refresh_token'], 'canary-r');
  });

  it('names the known users and clients when asked for an unknown one', () => {
    assert.throws(() => server().users.get('bob'), /jane@acme\.com, omar@acme\.com/);
    assert.throws(() => server().clients.get('bob'), /reltio_ui, acme_dev/);
    assert.throws(() => server().unlock('bob'), /No user bob/);
  });

  it('lists the users to sign in as, escaped for HTML', async () => {
    server().users.add({ name: 'x<b>', password: '<i>&' });
    const page = await get(server(), '/');
    assert.equal(page.headers.get('content-type'), 'text/html;charset=UTF-8');
    assert.ok(page.text.includes('jane@acme.com') && page.text.includes('jane+sails=7&amp;100%'));
    assert.ok(page.text.includes(`authenticator shows ${server().users.withAuthenticator.code()}`));
    assert.ok(page.text.includes(`${server().url}/oauth/sso?tenant_id=AcmeDev01&amp;client_id=acme_web`));
    assert.ok(page.text.includes('x&lt;b&gt;') && !page.text.includes('<i>'));
  });

  it('survives malformed requests: a truncated one, a body of 2 MB, an invalid URL', async () => {
    const head = 'POST /oauth/token HTTP/1.1\r\nHost: x\r\n';
    await rawRequest(server(), `${head}Content-Length: 9\r\n\r\nabc`).catch(() => undefined);
    await fetch(`${server().url}/oauth/token`, { method: 'POST', body: 'x'.repeat(2_000_000) }).catch(() => undefined);
    await rawRequest(server(), 'GET http://[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n').catch(() => undefined);
    assert.equal((await signIn(server())).status, 200);
  });
});
