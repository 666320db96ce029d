import assert from 'node:assert/strict';
import { ssoCheck } from '../../../src/core/browserSignIn/ssoCheck';
import { CannedHttp, noSignal, response } from '../../fakes/cannedHttp';
import { FakeClock } from '../../fakes/fakeClock';

const request = { state: 'the-state', redirectUri: 'http://localhost:8081' };

describe('the check for single sign-on', () => {
  const ask = (http: CannedHttp) =>
    ssoCheck({ http, clock: new FakeClock() }, 'https://auth.reltio.com', 'abc123', 'acme_web', request, noSignal);

  it('sends a form without a secret', async () => {
    const http = new CannedHttp(response(200, { status: 'sso' }));
    await ask(http);
    assert.deepEqual(http.form(), {
      tenant_id: 'abc123',
      client_id: 'acme_web',
      response_type: 'code',
      state: 'the-state',
      redirect_uri: 'http://localhost:8081',
    });
    assert.ok(!('authorization' in http.requests[0]!.headers));
  });

  for (const [verdict, status, body] of [
    ['sso', 200, { status: 'sso' }],
    ['native', 200, { status: 'native' }],
    ['refused', 200, { error: 'Unknown tenant' }],
    ['refused', 400, { error: 'invalid_request' }],
    ['unknown', 200, { status: 'other' }],
    ['unknown', 200, { error: '' }],
    ['unknown', 200, { error: ['x'] }],
    ['unknown', 200, '<html>Welcome to Hotel Wi-Fi</html>'],
    ['unknown', 400, ''],
    ['unknown', 401, { error: 'unauthorized' }],
    ['unknown', 302, ''],
    ['unknown', 404, { status: 404, error: 'Not Found' }],
    ['unknown', 500, { status: 'native' }],
  ] as const) {
    it(`is "${verdict}" after ${status} ${JSON.stringify(body)}`, async () => {
      assert.equal(await ask(new CannedHttp(response(status, body))), verdict);
    });
  }

  it('fails if the server cannot be reached: then no code could be redeemed there', async () => {
    await assert.rejects(ask(new CannedHttp({ kind: 'failure', code: 'dns' })), {
      code: 'dns',
      host: 'auth.reltio.com',
    });
  });
});
