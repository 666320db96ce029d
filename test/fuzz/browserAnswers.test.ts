import assert from 'node:assert/strict';
import fc from 'fast-check';
import { discoverIdentityServer } from '../../src/core/browserSignIn/discovery';
import { findLoginPage } from '../../src/core/browserSignIn/loginPage';
import { registerClient } from '../../src/core/browserSignIn/registration';
import { ssoCheck } from '../../src/core/browserSignIn/ssoCheck';
import { isFailure } from '../../src/core/base/failure';
import type { HttpResponse } from '../../src/core/oauth/httpClient';
import { mayReceiveSecrets } from '../../src/core/trust/trustedHosts';
import { CannedHttp, noSignal } from '../fakes/cannedHttp';
import { FakeClock } from '../fakes/fakeClock';
import { fuzz, type Verdict } from './fuzz';
import { canary } from './hostile';
import { mutatedText } from './mutations';

const environment = 'https://dev.reltio.com';
const identityServer = 'https://auth.reltio.com';
const trusted = ['reltio.com', 'acme.example'];
const metadata = {
  issuer: `${environment}/ai/tools`,
  authorization_endpoint: 'https://login.reltio.com',
  token_endpoint: 'https://login.reltio.com/token',
  registration_endpoint: `${environment}/ai/tools/register`,
  code_challenge_methods_supported: ['plain', 'S256'],
  authorization_response_iss_parameter_supported: true,
};
const elsewhere = { ...metadata, token_endpoint: `https://jane:${canary}@auth.acme.example/token#x` };
const answers = (...bodies: readonly unknown[]): fc.Arbitrary<HttpResponse> =>
  fc
    .tuple(fc.constantFrom(200, 200, 200, 201, 400, 401, 404, 500), mutatedText(...bodies))
    .map(([status, body]) => ({ kind: 'response', status, headers: {}, body }));

/** A failure without a word of the answer. */
async function found<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    assert.ok(isFailure(error), String(error));
    assert.ok(!error.message.includes(canary), error.message);
    return undefined;
  }
}

describe('hostile answers before a sign-in in the browser', () => {
  const clock = new FakeClock();

  fuzz(
    'the login page of an environment',
    answers(metadata, metadata, elsewhere),
    async (answer) => {
      const tools = { http: new CannedHttp(answer), clock };
      const page = await found(findLoginPage(tools, environment, trusted, noSignal));
      if (page === undefined) return 'refused';
      assert.equal(new URL(page.issuer.issuer).origin, environment);
      const [authorization, token, registration] = [
        page.authorizationEndpoint,
        page.tokenEndpoint,
        page.registrationEndpoint,
      ].map((endpoint) => {
        assert.ok(mayReceiveSecrets(endpoint, trusted), endpoint);
        const { origin, username, password, hash } = new URL(endpoint);
        assert.deepEqual([username, password, hash], ['', '', '']);
        return origin;
      });
      assert.equal(authorization, token, 'a code is redeemed at the server that gave it');
      assert.ok(registration === token || registration === environment);
      return 'accepted';
    },
    { least: [0.05, 0.5] },
  );

  const ofServer = { ...metadata, issuer: identityServer };
  fuzz(
    'what an identity server announces',
    fc.tuple(answers(ofServer, metadata), answers(ofServer, { ...ofServer, issuer: `${identityServer}/` })),
    async (both) => {
      const http = new CannedHttp(...both);
      const announced = await discoverIdentityServer({ http, clock }, identityServer, noSignal);
      assert.ok(http.requests.every(({ url }) => url.startsWith(`${identityServer}/.well-known/`)));
      if (announced === undefined) return 'refused';
      assert.ok([identityServer, `${identityServer}/`].includes(announced.issuer));
      for (const one of [announced.authorizationEndpoint, announced.tokenEndpoint, announced.registrationEndpoint]) {
        assert.match(one ?? '-', /^[\x21-\x7e]+$/);
      }
      return 'accepted';
    },
  );

  fuzz(
    'the client that a server registers',
    answers(
      { client_id: 'a1b2', token_endpoint_auth_method: 'none' },
      { client_id: 'a1b2', client_secret: canary, token_endpoint_auth_method: 'client_secret_post' },
      { error: 'invalid_client_metadata', error_description: canary },
    ),
    async (answer) => {
      const tools = { http: new CannedHttp(answer), clock };
      const client = await found(registerClient(tools, `${environment}/register`, 'http://localhost:8081', noSignal));
      if (client === undefined) return 'refused';
      assert.match(client.id, /^[^\s:\p{Cc}]+$/u);
      assert.match(client.secret, /^[\x20-\x7e]*$/);
      assert.ok(client.id !== 'reltio_ui' && (client.authentication === 'none') === (client.secret === ''));
      return 'accepted';
    },
  );

  fuzz(
    'whether a tenant signs in there',
    answers({ status: 'sso' }, { status: 'native' }, { error: canary }),
    async (answer): Promise<Verdict> => {
      const request = { state: 's', redirectUri: 'http://localhost:8081' };
      const tools = { http: new CannedHttp(answer), clock };
      const check = await ssoCheck(tools, identityServer, 'acme', 'reltio_ui', request, noSignal);
      assert.ok(['sso', 'native', 'refused', 'unknown'].includes(check));
      return check === 'unknown' ? 'refused' : 'accepted';
    },
  );
});
