import assert from 'node:assert/strict';
import { documentedClient } from '../../../src/core/oauth/client';
import { isFailure, type Failure, type FailureCode } from '../../../src/core/base/failure';
import type { HttpClient, HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import { revoke } from '../../../src/core/oauth/revoke';
import { startIdentityServer, type IdentityServer } from '../../identity/server';
import { hostFetch } from '../../../src/core/network/hostFetch';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';

const server = 'https://auth.reltio.com';
const token = '676742af+989b/4d40=';
const done = response(200, { status: 'success' });
const refused = (error: string, error_description?: string) => ({ error, error_description });
const missing = response(400, refused('invalid_request', "Required String parameter 'token' is not present"));

function run(http: HttpClient): Promise<void> {
  return revoke(http, server, documentedClient, token, noSignal);
}

async function failureOf(...answers: (HttpResponse | TransportFailure)[]): Promise<Failure> {
  const error: unknown = await run(new CannedHttp(...answers)).then(
    () => assert.fail('must not count as revoked'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isFailure(error));
  return error;
}

describe('revoke', () => {
  it('sends the token in the form body, with the client, and nothing in the URL', async () => {
    const http = new CannedHttp(done);
    await run(http);
    assert.equal(http.requests.length, 1);
    assert.equal(http.requests[0]?.method, 'POST');
    assert.equal(http.requests[0].url, `${server}/oauth/revoke`);
    assert.equal(http.requests[0].headers['authorization'], 'Basic cmVsdGlvX3VpOnNlY3JldA==');
    assert.equal(http.requests[0].headers['content-type'], 'application/x-www-form-urlencoded');
    assert.deepEqual(http.form(), { token });
  });

  it('sends no client if none is known', async () => {
    const http = new CannedHttp(done);
    await revoke(http, server, undefined, token, noSignal);
    assert.equal(http.requests[0]?.headers['authorization'], undefined);
  });

  for (const [what, text] of Object.entries({
    "Spring's text": "Required String parameter 'token' is not present",
    'a newer Spring': "Required request parameter 'token' for method parameter type String is not present",
    'plain words': 'Missing parameter: token',
  })) {
    it(`is repeated with ?token= on a 400 invalid_request that names the missing parameter: ${what}`, async () => {
      const http = new CannedHttp(response(400, refused('invalid_request', text)), done);
      await run(http);
      const [first, second, ...more] = http.requests;
      assert.deepEqual(more, []);
      const url = new URL(second?.url ?? '');
      assert.deepEqual([url.pathname, url.searchParams.get('token')], ['/oauth/revoke', token]);
      assert.deepEqual([second?.method, second?.body], ['POST', '']);
      assert.deepEqual([first?.secretInUrl, second?.secretInUrl], [undefined, true], 'through no client that logs it');
    });
  }

  it('is not repeated at a host that is not Reltio’s own', async () => {
    for (const origin of [
      'https://auth.acme.com',
      'https://notreltio.com',
      'https://reltio.com.evil.example',
      'http://localhost:9000',
      'http://auth.reltio.com',
    ]) {
      const http = new CannedHttp(missing);
      await assert.rejects(revoke(http, origin, documentedClient, token, noSignal), { code: 'requestRefused' });
      assert.ok(http.requests.every(({ url }) => !url.includes('?')));
    }
  });

  it('reports the refusal when our own client cannot connect', async () => {
    const failure = await failureOf(missing, { kind: 'failure', code: 'unreachable' });
    assert.deepEqual([failure.code, failure.status], ['requestRefused', 400]);
  });

  it('is repeated once only', async () => {
    const failure = await failureOf(missing, missing);
    assert.equal(failure.code, 'requestRefused');
  });

  const notRepeated: Record<string, readonly [HttpResponse | TransportFailure, FailureCode]> = {
    'a 400 of another kind': [response(400, refused('invalid_request', 'Malformed')), 'requestRefused'],
    'a 400 that misses something else': [
      response(400, refused('invalid_request', "Required String parameter 'id' is not present")),
      'requestRefused',
    ],
    "Tomcat's page": [
      response(400, "<html><body>Required String parameter 'token' is not present</body></html>"),
      'notReltio',
    ],
    "a proxy's block page": [response(400, '<html>Missing parameter: token is required</html>'), 'notReltio'],
    'a 400 of another name': [
      response(400, refused('bad_request', "Required request parameter 'token' is not present")),
      'requestRefused',
    ],
    'a text without a name': [response(400, { errorMessage: "Required parameter 'token' is missing" }), 'badAnswer'],
    'a page that asks for another token': [response(400, '<html>A CSRF token is required</html>'), 'notReltio'],
    'the same text with another status': [response(500, missing.body), 'serverError'],
    'a 401 that wants a client': [
      response(401, refused('unauthorized', 'Full authentication is required; token missing')),
      'clientRejected',
    ],
    'an empty 401 that wants a client': [response(401, '', { 'www-authenticate': 'Basic' }), 'clientRejected'],
    'a 403': [response(403, refused('access_denied', 'Access is denied')), 'forbidden'],
    'a 404': [response(404, ''), 'noTokenEndpoint'],
    'a 429': [response(429, ''), 'rateLimited'],
    'a redirect': [response(307, ''), 'redirected'],
    'no connection': [{ kind: 'failure', code: 'unreachable' }, 'unreachable'],
    'an untrusted host': [{ kind: 'failure', code: 'untrustedHost' }, 'untrustedHost'],
  };
  for (const [what, [answer, code]] of Object.entries(notRepeated)) {
    it(`fails without putting the token into a URL on ${what}`, async () => {
      assert.equal((await failureOf(answer)).code, code);
    });
  }

  it('succeeds when the token is already invalid', async () => {
    for (const answer of [
      response(400, refused('invalid_grant', `Invalid refresh token: ${token}`)),
      response(401, refused('invalid_token', `Token is invalid: ${token}`)),
      response(401, refused('invalid_token')),
      response(400, refused('invalid_token', 'Token was not recognised')),
      response(400, refused('invalid_request', `Invalid refresh token: ${token}`)),
      response(400, { errorCode: 400, errorMessage: `Invalid refresh token: ${token}` }),
      response(400, refused('invalid_request', `Invalid access token: ${token}`)),
      response(401, refused('unauthorized', `Invalid access token: ${token}`)),
      response(200, refused('invalid_token')),
    ]) {
      const http = new CannedHttp(answer);
      await run(http);
      assert.equal(http.requests.length, 1);
    }
  });

  it('fails when the client is rejected, or a page names the token', async () => {
    for (const [answer, code] of [
      [response(400, refused('invalid_client', `Invalid refresh token: ${token}`)), 'clientRejected'],
      [response(400, refused('unauthorized', 'Bad client credentials')), 'clientRejected'],
      [response(401, refused('unauthorized', 'User is disabled')), 'accountLocked'],
      [response(400, '<html>Invalid refresh token</html>'), 'notReltio'],
      [response(403, refused('invalid_token')), 'forbidden'],
      [response(404, refused('invalid_token')), 'noTokenEndpoint'],
      [response(500, refused('invalid_token')), 'serverError'],
    ] as const) {
      assert.equal((await failureOf(answer)).code, code);
    }
  });

  it('succeeds on an empty success, as in RFC 7009', async () => {
    await run(new CannedHttp(response(200, '')));
    await run(new CannedHttp(response(204, '')));
  });

  it('succeeds when the answer has a logout address', async () => {
    await run(new CannedHttp(response(200, { status: 'success', logoutUri: 'https://idp.example/logout' })));
  });

  it('does not succeed because a captive portal answered 200', async () => {
    assert.equal((await failureOf(response(200, '<html>Welcome to Hotel Wi-Fi</html>'))).code, 'notReltio');
  });

  it('fails when the answer says that it failed', async () => {
    for (const body of [
      { status: 'failed' },
      { errorCode: 2001, errorMessage: 'Internal application error.' },
      { error: 'server_error' },
      { status: 'success', error: 'temporarily_unavailable' },
      { error: { errorCode: 10005 } },
    ]) {
      assert.equal((await failureOf(response(200, body))).code, 'badAnswer', JSON.stringify(body));
    }
  });

  it('succeeds when the error fields are empty', async () => {
    for (const nothing of [null, '', 0, false]) {
      await run(new CannedHttp(response(200, { status: 'success', error: nothing, errorCode: nothing })));
    }
  });

  it('reports why the server was not reached', async () => {
    const failure = await failureOf({ kind: 'failure', code: 'dns', nodeCode: 'ENOTFOUND' });
    assert.deepEqual([failure.host, failure.nodeCode], ['auth.reltio.com', 'ENOTFOUND']);
  });
});

describe('revoke at an identity server', () => {
  let identity: IdentityServer;
  const http = hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) });
  const pair = { userName: 'jane@acme.com', clientId: 'reltio_ui', accessToken: 'the-access', refreshToken: 'r+e&f=r' };

  beforeEach(async () => {
    identity = await startIdentityServer();
    identity.addLogin(pair);
  });
  afterEach(() => identity.close());

  async function accessTokenWorks(): Promise<boolean> {
    const bearer = { authorization: `Bearer ${pair.accessToken}` };
    return (await fetch(`${identity.url}/reltio/enhancedTenants?showAll=true`, { headers: bearer })).status === 200;
  }

  for (const takes of ['form', 'both'] as const) {
    it(`invalidates both tokens when the server reads the ${takes}`, async () => {
      identity.policy.revokeTakes = takes;
      assert.ok(await accessTokenWorks());
      await revoke(http, identity.url, undefined, pair.refreshToken, noSignal);
      assert.ok(!(await accessTokenWorks()));
      const calls = identity.requests.to('/oauth/revoke');
      assert.equal(calls.length, 1);
      assert.deepEqual(calls[0]?.query, {});
    });
  }

  it('puts no token into the URL of a server on this machine that requires it there', async () => {
    identity.policy.revokeTakes = 'query';
    await assert.rejects(revoke(http, identity.url, undefined, pair.refreshToken, noSignal), {
      code: 'requestRefused',
    });
    assert.ok(await accessTokenWorks());
    assert.ok(identity.requests.all.every(({ secretInUrl }) => !secretInUrl));
  });

  it('sends the client when the server requires one', async () => {
    identity.policy.revokeNeedsClient = true;
    await assert.rejects(revoke(http, identity.url, undefined, pair.refreshToken, noSignal), {
      code: 'clientRejected',
    });
    await revoke(http, identity.url, documentedClient, pair.refreshToken, noSignal);
    assert.ok(!(await accessTokenWorks()));
  });
});
