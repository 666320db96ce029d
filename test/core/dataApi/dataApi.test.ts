import assert from 'node:assert/strict';
import { DataApi } from '../../../src/core/dataApi/dataApi';
import * as environmentCalls from '../../../src/core/dataApi/environmentCalls';
import { isFailure, type Failure } from '../../../src/core/base/failure';
import type { HttpResponse, TransportFailure } from '../../../src/core/oauth/httpClient';
import { hostFetch } from '../../../src/core/network/hostFetch';
import { systemClock } from '../../../src/core/base/clock';
import { CannedHttp, response } from '../../fakes/cannedHttp';
import { FakeClock } from '../../fakes/fakeClock';
import { serverForEachTest, signIn } from '../../identity/caller';

const url = 'https://dev.reltio.com';
const token = 'planted-token';
const load = () => Promise.resolve(environmentCalls);

function api(...answers: (HttpResponse | TransportFailure)[]) {
  const http = new CannedHttp(...answers);
  return { http, api: new DataApi({ http, clock: new FakeClock() }, load) };
}

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    (value) => assert.fail(`must fail, but returned ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(isFailure(error), String(error));
  return error;
}

describe('the data API', () => {
  it('asks for the status without a token', async () => {
    const { http, api: asked } = api(response(200, 'anything that is no page'));
    await asked.status(url);
    const [request, ...more] = http.requests;
    assert.deepEqual(more, []);
    assert.deepEqual([request?.method, request?.url], ['GET', `${url}/reltio/status`]);
    assert.equal(request?.headers['authorization'], undefined);
  });

  it('asks for the tenants and a name with the bearer, and never in the URL', async () => {
    const { http, api: asked } = api(response(200, []), response(200, { value: ' Acme ' }));
    assert.deepEqual(await asked.tenants(url, token), []);
    assert.equal(await asked.tenantName(url, 'AcmeDev01', token), 'Acme');
    assert.deepEqual(
      http.requests.map(({ method, url: at, headers, body }) => [method, at, headers['authorization'], body]),
      [
        ['GET', `${url}/reltio/enhancedTenants?showAll=true`, `Bearer ${token}`, undefined],
        ['GET', `${url}/reltio/tenants/AcmeDev01/name`, `Bearer ${token}`, undefined],
      ],
    );
  });

  it('sends nothing for what is not the id of a tenant: it would lead elsewhere', async () => {
    for (const id of ['..', '.', '', 'a/b', 'a?b', 'a#b', '%2e%2e', '../x', 'a b', 'a\\b', 'x'.repeat(101)]) {
      const { http, api: asked } = api();
      await assert.rejects(asked.tenantName(url, id, token), /Not the id of a tenant/, id);
      assert.equal(http.requests.length, 0, id);
    }
  });

  it('reads what it can of the tenants, each once', async () => {
    const list = [
      { tenantId: ' AcmeDev01 ', tenantName: 'Development', customerName: 'Acme' },
      { tenantId: 'AcmeDev01', tenantName: 'Another' },
      { tenantId: 'AcmeTest01', tenantName: null, customerName: '  ' },
      'GlobexProd',
      { tenantId: '../../oauth/token' },
      { tenantName: 'Without an id' },
      { tenantId: 7 },
      null,
      [],
    ];
    const { api: asked } = api(response(200, list));
    assert.deepEqual(await asked.tenants(url, token), [
      { id: 'AcmeDev01', name: 'Development', customer: 'Acme' },
      { id: 'AcmeTest01' },
      { id: 'GlobexProd' },
    ]);
  });

  const invalid = { error: 'invalid_token', error_description: `Invalid access token: ${token}` };
  const page = response(200, '<html>Hotel</html>');
  const withToken: [string, HttpResponse | TransportFailure, string][] = [
    ['401 invalid_token', response(401, invalid), 'tokenNotAccepted'],
    ['400 invalid_token', response(400, invalid), 'tokenNotAccepted'],
    ['401 unauthorized', response(401, { error: 'unauthorized' }), 'tokenNotAccepted'],
    ['401 of the hosted MCP server', response(401, { error_code: 'Unauthorized', error: 'No' }), 'tokenNotAccepted'],
    ['an empty 401 that asks for a bearer', response(401, '', { 'www-authenticate': 'Bearer' }), 'tokenNotAccepted'],
    ['an empty 401', response(401, ''), 'notAnEnvironment'],
    ['a page with 401', response(401, '<html>'), 'notAnEnvironment'],
    ['401 with an internal error', response(401, { error: 'unauthorized', message: 'JDBC error' }), 'serverError'],
    ['403 with errorCode 804', response(403, { errorCode: 804 }), 'forbidden'],
    ['403 of an IP allow-list', response(403, ''), 'forbidden'],
    ['404', response(404, { error: 'not_found' }), 'notAnEnvironment'],
    ['405', response(405, ''), 'notAnEnvironment'],
    ['a page', page, 'notAnEnvironment'],
    ['a page by its type', response(200, 'Hello', { 'content-type': 'text/html' }), 'notAnEnvironment'],
    ['an answer that is too large', { kind: 'failure', code: 'tooLarge' }, 'notAnEnvironment'],
    ['511', response(511, ''), 'notAnEnvironment'],
    ['400', response(400, { errorCode: 100 }), 'requestRefused'],
    ['a redirect', response(302, ''), 'redirected'],
    ['429', response(429, ''), 'rateLimited'],
    ['503', response(503, ''), 'serverError'],
    ['a name that is not found', { kind: 'failure', code: 'dns' }, 'dns'],
    ['a host that is not trusted', { kind: 'failure', code: 'untrustedHost' }, 'untrustedHost'],
    ['an object instead of the list', response(200, { errorCode: 2001 }), 'badAnswer'],
    ['half a list', response(200, '[{"tenantId":"Acm'), 'badAnswer'],
    ['nothing', response(200, ''), 'badAnswer'],
  ];
  for (const [what, answer, code] of withToken) {
    it(`reads ${what} as ${code}, and repeats none of its text`, async () => {
      const failure = await failureOf(api(answer).api.tenants(url, token));
      assert.deepEqual([failure.code, failure.host], [code, 'dev.reltio.com']);
      assert.ok(!JSON.stringify({ ...failure, message: failure.message }).includes(token));
    });
  }

  const withoutToken: [string, HttpResponse, string][] = [
    ['401, which an identity server answers', response(401, { error: 'unauthorized' }), 'notAnEnvironment'],
    ['404', response(404, {}), 'notAnEnvironment'],
    ['a page', page, 'notAnEnvironment'],
    ['403', response(403, ''), 'forbidden'],
    ['503', response(503, ''), 'serverError'],
  ];
  for (const [what, answer, code] of withoutToken) {
    it(`reads ${what} to the question for the status as ${code}`, async () => {
      assert.equal((await failureOf(api(answer).api.status(url))).code, code);
    });
  }

  it('says until when an environment asked for a pause', async () => {
    const clock = new FakeClock();
    const http = new CannedHttp(response(429, '', { 'retry-after': '30' }));
    const failure = await failureOf(new DataApi({ http, clock }, load).tenants(url, token));
    assert.equal(failure.retryAt, clock.now() + 30_000);
  });

  it('fails with badAnswer where the name of a tenant is missing', async () => {
    assert.equal(
      (await failureOf(api(response(200, { name: 'x' })).api.tenantName(url, 'a', token))).code,
      'badAnswer',
    );
  });

  it('ends after ten seconds, and at once when the user cancels', async () => {
    const clock = new FakeClock();
    const http = {
      send: (_: unknown, signal: AbortSignal) =>
        new Promise<TransportFailure>((resolve) => {
          const cancelled = () => {
            resolve({ kind: 'failure', code: 'cancelled' });
          };
          signal.addEventListener('abort', cancelled);
          if (signal.aborted) {
            cancelled();
          }
        }),
    };
    const slow = failureOf(new DataApi({ http, clock }, load).status(url));
    await clock.pass(10_000);
    assert.equal((await slow).code, 'timeout');
    const user = AbortSignal.abort();
    assert.equal((await failureOf(new DataApi({ http, clock }, load).status(url, user))).code, 'cancelled');
  });

  describe('at a server', () => {
    const server = serverForEachTest();
    const http = hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) });
    const asked = new DataApi({ http, clock: systemClock }, load);

    it('finds what a user reaches, and what not', async () => {
      const accessToken = String((await signIn(server())).body['access_token']);
      await asked.status(server().url);
      assert.deepEqual(
        (await asked.tenants(server().url, accessToken)).map(({ id, name }) => [id, name]),
        [
          ['AcmeDev01', 'Acme Development'],
          ['AcmeTest01', 'Acme Test'],
        ],
      );
      assert.equal(await asked.tenantName(server().url, 'AcmeTest01', accessToken), 'Acme Test');
      assert.equal((await failureOf(asked.tenantName(server().url, 'GlobexProd', accessToken))).code, 'forbidden');
      server().expireAccessTokens();
      assert.equal((await failureOf(asked.tenants(server().url, accessToken))).code, 'tokenNotAccepted');
    });
  });
});
