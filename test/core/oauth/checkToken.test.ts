import assert from 'node:assert/strict';
import { checkToken } from '../../../src/core/oauth/checkToken';
import type { HttpRequest, HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import { check, serverForEachTest, signIn } from '../../identity/caller';
import { hostFetch } from '../../../src/core/network/hostFetch';

const client = { id: 'reltio_ui', secret: 'secret' };
const signal = new AbortController().signal;

describe('checkToken', () => {
  const asked: HttpRequest[] = [];
  const ask = (answer: Partial<HttpResponse> | TransportFailure) =>
    checkToken(
      {
        send: (request) => {
          asked.push(request);
          const response: HttpResponse = { kind: 'response', status: 200, headers: {}, body: '{}' };
          return Promise.resolve('code' in answer ? answer : { ...response, ...answer });
        },
      },
      'https://auth.reltio.com',
      client,
      'planted-token',
      signal,
      0,
    );

  it('sends the token in the form, never in the URL', async () => {
    await ask({ body: '{"user":{"username":"jane"}}' });
    const request = asked.at(-1)!;
    assert.equal(request.url, 'https://auth.reltio.com/oauth/checkToken');
    assert.equal(request.body, 'token=planted-token');
  });

  const valid = [
    '{"clientId":"reltio_ui","errorCode":null,"errorMessage":null}',
    '{"user":{}}',
    '{"errorMessage":""}',
    '{"errorCode":0,"errorMessage":"","user":{"username":"jane"}}',
    '{"errorCode":"0","user":{"username":"jane"}}',
    '{"error":false,"user":{"username":"jane"}}',
    '{"active":true}',
  ];
  for (const body of valid) {
    it(`reads 200 ${body} as valid`, async () => {
      assert.notEqual(await ask({ body }), 'notValid');
    });
  }

  const notValid: [number, string][] = [
    [200, '{"errorCode":401,"errorMessage":"expired"}'],
    [200, '{"errorCode":"401"}'],
    [200, '{"error":"invalid_token"}'],
    [200, '{"errorCode":2001,"errorMessage":"Token is invalid: planted-token"}'],
    [200, '{"active":false}'],
    [400, '{"error":"invalid_token","error_description":"Token was not recognised"}'],
    [401, '{"error":"invalid_token"}'],
    [403, '{"error":"invalid_token"}'],
    [400, '{"error":"invalid_request","error_description":"Invalid access token: planted-token"}'],
    [400, '{"errorMessage":"Token has expired"}'],
    [401, '{"errorCode":401,"errorMessage":"Access token expired"}'],
  ];
  for (const [status, body] of notValid) {
    it(`reads ${status} ${body} as not valid`, async () => {
      assert.equal(await ask({ status, body }), 'notValid');
    });
  }

  const unknown: [Partial<HttpResponse> | TransportFailure, string][] = [
    [{ status: 401, body: '{"error":"unauthorized"}' }, 'clientRejected'],
    [{ status: 401, body: '{"status":401,"error":"Unauthorized","message":"Bad credentials"}' }, 'clientRejected'],
    [{ status: 401, body: '', headers: { 'www-authenticate': 'Basic realm="oauth"' } }, 'clientRejected'],
    [{ status: 401, body: '' }, 'notReltio'],
    [{ status: 403, body: '{"error":"access_denied"}' }, 'forbidden'],
    [
      { status: 403, body: '{"error":"access_denied","error_description":"Client may not check this access token"}' },
      'forbidden',
    ],
    [{ status: 400, body: '{"error":"invalid_request","error_description":"Missing access token"}' }, 'requestRefused'],
    [{ status: 400, body: '{"error":"invalid_grant"}' }, 'badAnswer'],
    [{ status: 401, body: '{"errorMessage":"Invalid refresh token: planted-token"}' }, 'badAnswer'],
    [{ status: 401, body: '{"errorCode":401,"errorMessage":"Unauthorized"}' }, 'badAnswer'],
    [{ status: 200, body: '{"errorCode":2001,"errorMessage":"Internal application error."}' }, 'badAnswer'],
    [{ status: 200, body: '{"error":"temporarily_unavailable"}' }, 'badAnswer'],
    [{ status: 200, body: '{"error":{"errorCode":10005}}' }, 'badAnswer'],
    [{ status: 200, body: '{"error":"server_error","active":false}' }, 'badAnswer'],
    [
      { status: 200, body: '{"error":"invalid_client","error_description":"Invalid access token: planted-token"}' },
      'badAnswer',
    ],
    [{ status: 200, body: '<html>' }, 'notReltio'],
    [{ status: 503, body: '' }, 'serverError'],
    [{ status: 429, body: '' }, 'rateLimited'],
    [{ kind: 'failure', code: 'dns', nodeCode: 'ENOTFOUND' }, 'dns'],
  ];
  for (const [answer, code] of unknown) {
    it(`decides nothing on ${JSON.stringify(answer)}`, async () => {
      await assert.rejects(ask(answer), { code });
    });
  }

  for (const status of [400, 401, 403]) {
    const saying = (error: string, error_description: string) =>
      ask({ status, body: JSON.stringify({ error, error_description }) });

    it(`reads ${status} invalid_client as a rejected client, whatever its text says about the access token`, async () => {
      await assert.rejects(saying('invalid_client', 'Invalid access token: planted-token'), {
        code: 'clientRejected',
        status,
      });
    });

    it(`finds in the text what ${status} unauthorized blames`, async () => {
      assert.equal(await saying('unauthorized', 'Invalid access token: planted-token'), 'notValid');
      await assert.rejects(saying('unauthorized', 'Bad client credentials'), { code: 'clientRejected' });
      await assert.rejects(saying('unauthorized', 'User is disabled'), {
        code: status === 403 ? 'forbidden' : 'accountLocked',
      });
    });
  }

  for (const body of [
    '{"errorCode":{"toString":null}}',
    '{"errorCode":{"toString":null,"valueOf":null}}',
    `{"errorCode":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    `{"errorCode":[["401"]]}`,
  ]) {
    it(`finds no verdict in ${body.slice(0, 40)}`, async () => {
      await assert.rejects(ask({ body }), { code: 'badAnswer' });
    });
  }

  describe('against the identity server', () => {
    const server = serverForEachTest();
    for (const status of [400, 401, 403] as const) {
      it(`distinguishes a valid token from one that is not, answered with ${status}`, async () => {
        server().policy.invalidCheckedTokenStatus = status;
        const token = String((await signIn(server())).body['access_token']);
        assert.equal((await check(server(), token)).status, 200);
        const http = hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) });
        const look = () => checkToken(http, server().url, client, token, signal, Date.now());
        assert.notEqual(await look(), 'notValid');
        server().expireAccessTokens();
        assert.equal(await look(), 'notValid');
        assert.ok(server().requests.all.every(({ secretInUrl }) => !secretInUrl));
      });
    }
  });
});
