import assert from 'node:assert/strict';
import { findLoginPage } from '../../../src/core/browserSignIn/loginPage';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';
import { FakeClock } from '../../fakes/fakeClock';

const announced = {
  issuer: 'https://dev.reltio.com/ai/tools',
  authorization_endpoint: 'https://login.reltio.com',
  token_endpoint: 'https://login.reltio.com/token',
  registration_endpoint: 'https://dev.reltio.com/ai/tools/register',
  code_challenge_methods_supported: ['S256'],
};

describe('the login page of an environment', () => {
  const find = async (changes: object = {}, status = 200, environment = 'https://dev.reltio.com') => {
    const http = new CannedHttp(response(status, { ...announced, ...changes }));
    const parts = { http, clock: new FakeClock() };
    const found = await findLoginPage(parts, environment, ['reltio.com', 'acme.example'], noSignal);
    assert.equal(http.requests[0]?.url, `${environment}/ai/tools/.well-known/oauth-authorization-server`);
    return found;
  };

  it('is what the environment announces', async () => {
    assert.deepEqual(await find(), {
      issuer: { issuer: 'https://dev.reltio.com/ai/tools', namesItself: false },
      authorizationEndpoint: 'https://login.reltio.com',
      tokenEndpoint: 'https://login.reltio.com/token',
      registrationEndpoint: 'https://dev.reltio.com/ai/tools/register',
    });
  });

  for (const [what, changes] of Object.entries({
    'another environment as the issuer': { issuer: 'https://test.reltio.com/ai/tools' },
    'no issuer': { issuer: undefined },
    'no PKCE': { code_challenge_methods_supported: ['plain'] },
    'no token endpoint': { token_endpoint: undefined },
    'an endpoint that is no text': { token_endpoint: ['https://login.reltio.com/token'] },
    'an endpoint that is no address': { registration_endpoint: 'register' },
    'an endpoint with a password': { token_endpoint: 'https://jane:pw@login.reltio.com/token' },
    'an endpoint with a fragment': { authorization_endpoint: 'https://login.reltio.com/#x' },
    "Reltio's page and a token endpoint of another server": { token_endpoint: 'https://auth.acme.example/token' },
    'a registration with another environment': { registration_endpoint: 'https://test.reltio.com/ai/tools/register' },
  })) {
    it(`is not used with ${what}`, async () => {
      assert.equal(await find(changes), undefined);
    });
  }

  it("is not used if a program on this computer announces Reltio's page: the token is tried there, over plain http", async () => {
    const local = 'http://localhost:3000';
    const atReltio = { issuer: local, registration_endpoint: 'https://login.reltio.com/register' };
    assert.equal(await find(atReltio, 200, local), undefined);
    assert.equal(await find({ ...atReltio, token_endpoint: 'HTTPS://login.reltio.com/token' }, 200, local), undefined);
    const ownPage = {
      issuer: local,
      authorization_endpoint: `${local}/login`,
      token_endpoint: `${local}/token`,
      registration_endpoint: `${local}/register`,
    };
    assert.equal((await find(ownPage, 200, local))?.tokenEndpoint, `${local}/token`);
  });

  it('is not missing because the environment cannot be reached: the failure says so', async () => {
    const http = new CannedHttp({ kind: 'failure', code: 'unreachable', nodeCode: 'ECONNREFUSED' });
    await assert.rejects(
      findLoginPage({ http, clock: new FakeClock() }, 'https://dev.reltio.com', ['reltio.com'], noSignal),
      { code: 'unreachable', host: 'dev.reltio.com', nodeCode: 'ECONNREFUSED' },
    );
  });

  it('is not used if the environment refuses to announce it', async () => {
    for (const status of [302, 401, 404, 500]) {
      assert.equal(await find({}, status), undefined);
    }
  });

  it('fails, naming the host, if one of its addresses must not receive secrets', async () => {
    for (const [field, address, host] of [
      ['authorization_endpoint', 'https://evil.example/', 'evil.example'],
      ['token_endpoint', 'https://login.reltio.com.evil.example/token', 'login.reltio.com.evil.example'],
      ['registration_endpoint', 'http://dev.reltio.com/register', 'dev.reltio.com'],
    ] as const) {
      await assert.rejects(find({ [field]: address }), { code: 'untrustedHost', host });
    }
  });
});
